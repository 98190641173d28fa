"""What `toban db` does, and what it says."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from bot.audit.anchor import Anchors
from bot.audit.verdict import Verdict
from bot.audit.verify import verify
from bot.config.environment import database_url
from bot.config.mistakes import Mistake
from bot.keeping.backup import back_up
from bot.keeping.carry import carry
from bot.keeping.key import NAME, key_of
from bot.settings import Settings
from bot.store.closed_door import DatabaseDamaged, NotKept
from bot.store.sqlite import damage
from bot.store.visit import beside, visit


def backup(settings: Settings, environ: Mapping[str, str], file: Path) -> str:
    """Copy the database to a file.  Raises as `back_up`."""
    url = settings.database_url
    verdict = back_up(url, key_of(environ, [url]), file)
    size = file.stat().st_size / 1_000_000
    return f"{file}: {size:.1f} MB, whole. {_log(verdict)}\n{_keep(environ, url)}"


def copy(environ: Mapping[str, str], here: str, there: str) -> str:
    """Carry everything from one database to another.  Raises as `carry`."""
    for url in (here, there):
        try:
            database_url(url)
        except Mistake as mistake:
            raise NotKept(f"the address of a database: {mistake}") from mistake
    carried = carry(here, there, key_of(environ, [here, there]))
    said = f"{carried.rows} rows of {carried.tables} tables were copied. {_log(carried.verdict)}"
    return (
        f"{said}\n{_keep(environ, here)} Start toban with it and with TOBAN_DATABASE_URL of the new database."
    )


def check(settings: Settings, environ: Mapping[str, str]) -> tuple[bool, str]:
    """Look through all of the database; whether it is whole, and a sentence.  Raises DatabaseDamaged."""
    url = settings.database_url
    file = beside(url)
    if url.startswith("sqlite") and (wrong := damage(file)):
        raise DatabaseDamaged(file, wrong)
    with closing(visit(url)) as tx:
        verdict = verify(tx, key_of(environ, [url]), Anchors(beside(url, ".audit-anchor")).read())
    return not verdict.breaks, f"The database is whole. {_log(verdict)}"


def _log(verdict: Verdict) -> str:
    if not verdict.breaks:
        return f"{verdict.sealed} of {verdict.rows} lines of the audit log are sealed, and whole."
    return "The audit log has breaks, as it had before: " + "; ".join(
        str(one.said()) for one in verdict.breaks
    )


def _keep(environ: Mapping[str, str], url: str) -> str:
    if environ.get(NAME, "").strip():
        return f"The audit key is that of {NAME}: keep it elsewhere than the copy."
    return f"The audit key is in {beside(url, '.audit-key')}: keep it elsewhere than the copy, as {NAME}."
