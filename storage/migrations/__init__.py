"""Alembic's steps for the tables that are made once; read models are not migrated but folded anew."""
