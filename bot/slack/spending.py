"""What this month has cost, for home tabs: out of toban's own book, in the words of its verbs.

Opening a tab pays for nothing: AWS is never asked here.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, timedelta

from bot.costs import BY_SERVICE, Budget, Days, DayState
from bot.flow.path import Path
from bot.grammar.grammar import Parsed
from bot.operation import Door
from bot.plan import Plan
from bot.views.home_spent import Spent
from bot.words import words

MONTH, LAST_MONTH, BUDGETS = "cost month --top 1", "cost last-month --top 1", "cost budget list"
Known = tuple[DayState, ...]


@dataclass
class Spending:
    """One process's; safe to share between threads.  Added up once for what is known, whoever looks."""

    path: Path
    _added: tuple[object, Spent] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def now(self) -> Spent:
        """As the book stands: this month; in its first days, of which nothing is known yet, the last one."""
        today = self.path.now().astimezone(UTC).date()  # a day of a bill is a day of UTC
        first, last = today.replace(day=1), today.replace(day=1) - timedelta(days=1)
        this, before = self._known(first, today), self._known(last.replace(day=1), last)
        budgets = tuple(self.path.costs.budgets())
        with self._lock:
            key = (today, this, before, budgets)
            if self._added is None or self._added[0] != key:
                self._added = key, self._add_up(this, before, budgets)
            return self._added[1]

    def _known(self, first: date, last: date) -> Known:
        return tuple(self.path.costs.states(BY_SERVICE, Days(first, last)))

    def _add_up(self, this: Known, before: Known, budgets: Sequence[Budget]) -> Spent:
        used = self._plan(BUDGETS).notes if budgets else ()
        if this:
            return Spent(self._plan(MONTH).summary, used, max(one.asked for one in this))
        if before:
            said = words("Nothing is known of this month yet. {said}", said=self._plan(LAST_MONTH).summary)
            return Spent(said, used, max(one.asked for one in before))
        return Spent(budgets=used)

    def _plan(self, line: str) -> Plan:
        """What a line would answer now, if it asked AWS for nothing."""
        parsed = self.path.grammar.parse(line)
        if not isinstance(parsed, Parsed):
            raise TypeError(f"{line} is no line of ours")
        world = self.path.world_of("", Door.FORM)
        return parsed.verb.plan(parsed.args, replace(world, costs=world.costs.held()))
