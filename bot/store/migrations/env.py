"""Alembic's entry: the migrations run on the connection that `bot.store.migrate` hands in."""

from alembic import context

from bot.store.migrations.text import as_in_sqlite
from bot.store.schema import metadata

tx = context.config.attributes["connection"]
context.configure(connection=tx, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
    if tx.dialect.name == "postgresql":
        as_in_sqlite(tx)
