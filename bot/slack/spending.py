"""What this month has cost, for home tabs: out of toban's own book, in the words of its verbs.

Opening a tab pays for nothing: AWS is never asked here.
"""

import threading
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.costs import BY_SERVICE, Days
from bot.flow.path import Path
from bot.grammar.grammar import Parsed
from bot.operation import Door
from bot.plan import Plan
from bot.views.home_spent import Spent
from bot.words import words

MONTH, LAST_MONTH, BUDGETS = "cost month --top 1", "cost last-month --top 1", "cost budget list"
FRESH = 60.0  # seconds: so long all tabs show what was added up for one


@dataclass
class Spending:
    """One process's; safe to share between threads."""

    path: Path
    _known: tuple[float, Spent] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def now(self) -> Spent:
        """As the book stands."""
        with self._lock:
            if self._known is None or time.monotonic() - self._known[0] >= FRESH:
                self._known = time.monotonic(), self._added_up()
            return self._known[1]

    def _added_up(self) -> Spent:
        """This month; in its first days, of which nothing is known yet, the last one."""
        today = self.path.now().astimezone(UTC).date()  # a day of a bill is a day of UTC
        first = today.replace(day=1)
        budgets = self._plan(BUDGETS).notes if self.path.costs.budgets() else ()
        if asked := self._asked(Days(first, today)):
            return Spent(self._plan(MONTH).summary, budgets, asked)
        last = first - timedelta(days=1)
        if asked := self._asked(Days(last.replace(day=1), last)):
            before = self._plan(LAST_MONTH).summary
            return Spent(words("Nothing is known of this month yet. {said}", said=before), budgets, asked)
        return Spent(budgets=budgets)

    def _asked(self, days: Days) -> datetime | None:
        """When AWS was asked for the newest that is known of these days; None: nothing is."""
        return max((one.asked for one in self.path.costs.states(BY_SERVICE, days)), default=None)

    def _plan(self, line: str) -> Plan:
        """What a line would answer now, if it asked AWS for nothing."""
        parsed = self.path.grammar.parse(line)
        if not isinstance(parsed, Parsed):
            raise TypeError(f"{line} is no line of ours")
        world = self.path.world_of("", Door.FORM)
        return parsed.verb.plan(parsed.args, replace(world, costs=world.costs.held()))
