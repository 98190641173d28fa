"""The database's own guard: triggers that refuse to change or remove what the audit log holds.

They stop mistakes and the bot's own code.  Whoever owns the database can drop them; that is what the
seals are for.
"""

TABLES = {"audit": "id", "seals": "number"}
"""The guarded tables and their primary keys."""

SAYS = "the audit log is append-only"
_REFUSED = "integrity_constraint_violation"


def append_only_ddl(dialect: str = "sqlite") -> tuple[str, ...]:
    """The statements that set up the guard, for a migration; each is one to execute."""
    return _postgresql() if dialect == "postgresql" else _sqlite()


def _sqlite() -> tuple[str, ...]:
    """REPLACE deletes without firing triggers ("ON CONFLICT clause", SQLite), so inserts are watched too."""
    made = []
    for table, key in TABLES.items():
        refuse = f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
        there = f"EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"  # noqa: S608 - our own names
        made += [
            f"CREATE TRIGGER {table}_keeps_rows BEFORE DELETE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_keeps_values BEFORE UPDATE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_replaces_nothing BEFORE INSERT ON {table} WHEN {there} {refuse}",
        ]
    there = "EXISTS (SELECT 1 FROM seals WHERE audit = NEW.audit)"
    made.append(f"CREATE TRIGGER seals_seal_once BEFORE INSERT ON seals WHEN {there} {refuse}")
    return tuple(made)


def _postgresql() -> tuple[str, ...]:
    name = "audit_is_append_only"
    body = f"$$ BEGIN RAISE EXCEPTION '{SAYS}' USING ERRCODE = '{_REFUSED}'; END $$"
    made = [f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS {body}"]
    for table in TABLES:
        when = f"BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        made.append(f"CREATE TRIGGER {table}_keeps {when} FOR EACH STATEMENT EXECUTE FUNCTION {name}()")
    return tuple(made)
