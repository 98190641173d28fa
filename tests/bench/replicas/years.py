"""A log of a million lines, on SQLite and on PostgreSQL: searches, a home tab, and what is always read."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot import settings
from bot.house import House
from tests.bench import environment
from tests.bench.figure import Figure
from tests.bench.replicas import idle, search, tab
from tests.bench.replicas.long import Long
from tests.bench.replicas.stores import filled, kinds

TENTH = 10


def measure() -> Sequence[Figure]:
    """Each kind that this machine has, in turn."""
    return [figure for kind in kinds() for figure in _of(kind)]


def _of(kind: str) -> Sequence[Figure]:
    long = Long()
    tenth = Long(long.operations // TENTH)
    with filled(kind, tenth) as url, _house(url, tenth) as house:
        before = tab.shown(house)
    with filled(kind, long) as url, _house(url, long) as house:
        return [
            *search.figures(house.db, long, kind),
            *tab.figures(tab.shown(house), before, long, kind),
            *idle.figures(house.db, long, kind),
        ]


@contextmanager
def _house(url: str, long: Long) -> Iterator[House]:
    """The house over it, at the moment at which it ends, with schedules and a bill."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= environment.toban(Path(folder)) | {"TOBAN_DATABASE_URL": url}
        os.environ |= {"SLACK_BOT_TOKEN": "xoxb-none", "SLACK_APP_TOKEN": "xapp-none"}
        os.environ["TOBAN_AUDIT_KEY"] = "k" * 32
        file = Path(folder) / "toban.toml"
        file.write_text(f"{file.read_text(encoding='utf-8')}\n{tab.config()}", encoding="utf-8")
        made = House(settings.load(os.environ), lambda _group: (), lambda: long.end)
        try:
            tab.a_bill(made.db, long.end)
            tab.seen_by_the_clock(made)
            yield made
        finally:
            made.close()
