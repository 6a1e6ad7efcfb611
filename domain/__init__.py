"""The rules of the notices, pure: standard library only; no clock, no database, no framework."""
