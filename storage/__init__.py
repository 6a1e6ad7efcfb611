"""The memory: SQLAlchemy tables, the append-only ledger, roster, drafts, owed rows and photos."""
