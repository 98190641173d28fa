"""The audit key: the one that sealed the log is there, and nobody else can read it."""

from collections.abc import Iterator

from bot.audit import key
from bot.audit.key import UnusableKey
from bot.doctor import sqlite_file
from bot.doctor.finding import Finding, Says
from bot.doctor.sqlite_file import Unreadable
from bot.settings import Settings

NAME = "audit key"
_SAYS = Says(NAME)


def look(settings: Settings) -> Iterator[Finding]:
    """The key of the setting, or in the file beside the database."""
    if settings.audit_key:
        yield _SAYS.ok("The audit log is sealed with the key in TOBAN_AUDIT_KEY.")
        return
    yield _in_file(settings)


def _in_file(settings: Settings) -> Finding:
    file = settings.audit_key_file
    if not file.exists():
        if _is_needed(settings):
            return _SAYS.failed(
                f"The key of the audit log is gone: {file} is not there, and the log was sealed with it.",
                f"Put {file.name} back from where you keep it; a new one cannot verify the old seals.",
            )
        return _SAYS.ok(f"The key of the audit log, {file}, is made at the first start.")
    try:
        key.from_file(file)
    except UnusableKey as error:
        return _SAYS.failed(f"The key of the audit log cannot be used: {error}.", _remedy(str(file)))
    except OSError as error:
        what = f"The key of the audit log, {file}, cannot be read: {error.strerror}."
        return _SAYS.failed(what, f"Make {file} belong to the user that toban runs as, with mode 0600.")
    return _SAYS.ok(f"The audit log is sealed with the key in {file}; keep a copy of it elsewhere.")


def _is_needed(settings: Settings) -> bool:
    """Whether something was sealed with the key that is not there."""
    try:
        return settings.database_file.exists() and sqlite_file.is_sealed(settings.database_file)
    except Unreadable:
        return False  # the database's own check says so


def _remedy(file: str) -> str:
    return f"Run chmod 600 {file}; if it is too short, put it back from where you keep it."
