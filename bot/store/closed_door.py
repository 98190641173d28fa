"""Why a database cannot be opened, in words that say what to do."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.exc import OperationalError

CannotStore = OperationalError
"""How a write ends that cannot be stored, at a full disk or with the server away; it left nothing."""


class DatabaseInUse(Exception):
    """Another toban process holds this database file."""


class DatabaseAway(Exception):
    """The database server does not answer, or does not let us in."""


class DatabaseNewer(Exception):
    """A newer toban has brought the database to where this one cannot work on it any more."""

    def __init__(self, stands: str, head: str) -> None:
        super().__init__(
            f"a newer toban works on this database (it stands at {stands}, this one knows {head}), and no"
            " longer keeps what this one needs: install that version here, too, or put back the copy from"
            " before it."
        )


class OlderAtWork(Exception):
    """An upgrade takes away what an older toban needs, and one is at work."""

    def __init__(self, older: Sequence[str], oldest: str) -> None:
        super().__init__(
            f"an older toban ({', '.join(older)}) is at work on this database, and this upgrade takes away"
            f" what it needs: bring every replica to one that knows {oldest} first, then start this one"
            " again. Until then nothing is taken away, and the older ones go on."
        )


class DatabaseBusy(Exception):
    """Somebody holds what an upgrade must change."""

    def __init__(self, who: str) -> None:
        super().__init__(
            f"the database cannot be brought up to date: {who}. Wait until that has ended, or end it, then"
            " start toban again; replicas that run go on meanwhile."
        )


class DatabaseDamaged(Exception):
    """The file is no database any more, or not a whole one."""

    def __init__(self, path: Path, wrong: str) -> None:
        super().__init__(
            f"the database {path} is damaged ({wrong}), and toban does not start on it. Keep it, and its -wal"
            " file, for whoever looks into it; put the newest copy that `toban db backup` made in its place,"
            f" without {path.name}-wal and {path.name}-shm; then start toban again. Without a copy, try"
            f" `sqlite3 {path} .recover | sqlite3 {path}.recovered`."
        )


class NotKept(Exception):
    """A copy was not made, or is not what it should be; the message says why and what to do."""
