"""The audit log's key, for whoever looks at databases without the settings of a bot."""

from collections.abc import Iterable, Mapping

from bot.audit import key as audit_key
from bot.store.closed_door import NotKept
from bot.store.visit import beside

NAME = "TOBAN_AUDIT_KEY"


def key_of(environ: Mapping[str, str], urls: Iterable[str]) -> bytes:
    """That of the environment, or of the file beside one of these databases.

    Raises NotKept or UnusableKey.
    """
    if given := environ.get(NAME, "").strip():
        return audit_key.from_setting(given)
    for url in urls:
        file = beside(url, ".audit-key")
        if file.exists():
            return audit_key.from_file(file)
    raise NotKept(f"the key of the audit log is not known here: set {NAME} as it is set for toban.")
