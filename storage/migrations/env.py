"""Where Alembic finds the tables and the connection; `storage.migrate` runs it inside its own transaction."""

from alembic import context

from storage.tables.every import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    render_as_batch=True,  # SQLite can't alter most of a table in place
)
with context.begin_transaction():
    context.run_migrations()
