"""The only SQL: tables, records over them, the outbox and the migrations."""
