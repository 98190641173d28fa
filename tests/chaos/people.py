"""Those who ask, and those who agree, deny, cancel, or never answer."""

import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from random import Random

from playground.slack.errors import CannotDoError, Refusal
from playground.slack.server import LocalSlack
from tests.chaos import kinds
from tests.chaos.books import Books
from tests.chaos.estate import CHANNELS, Estate

ASKERS, APPROVER = ("U0MILLER", "U0SATO"), "U0SUZUKI"
AT_ONCE = 6  # people who type
OPEN_AT_MOST = 40  # operations: then they wait
A_SECOND = 3.0  # lines, of all of them
_RECENT = re.compile(r"\{recent-(\d+)\}")
_WAITING = (
    "select o.id, a.person, x.channel, x.ts from operations o join asks a on a.id = o.id"
    " join outbox x on x.operation = o.id and x.kind = 'card' where o.state = 'waiting' and x.ts <> ''"
)


class People:
    """They begin with `start`, and are done when so many operations were taken."""

    def __init__(
        self,
        slack: LocalSlack,
        books: Books,
        estate: Estate,
        operations: int,
        seed: int,
        *,
        lingers: bool,
    ) -> None:
        """Nobody asks yet; some let plans expire and ask for what takes minutes, where it may linger."""
        self._lingers, self._but = lingers, () if lingers else kinds.LINGER
        self._slack, self._books, self._estate = slack, books, estate
        self._wanted, self._dice = operations, Random(seed)
        self._lines = self._all_lines(Random(seed + 1))
        self._lock = threading.Lock()
        self.taken: list[str] = []  # what was acknowledged, by its key
        self.lost: list[str] = []  # what was not: whoever typed it was told so
        self.counts: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self._open = self._asked = self._typed = 0
        self._begun = time.monotonic()
        self._over, self._done = threading.Event(), threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(n,), daemon=True) for n in range(AT_ONCE)]
        self._threads += [threading.Thread(target=one, daemon=True) for one in (self._count, self._decide)]

    def start(self) -> None:
        """Begin."""
        self._begun = time.monotonic()
        for thread in self._threads:
            thread.start()

    def wait(self, seconds: float) -> None:
        """Return when enough was asked.  Raises TimeoutError."""
        if not self._done.wait(seconds):
            raise TimeoutError(f"{self._asked} of {self._wanted} operations after {seconds} s")

    def stop(self) -> None:
        """Nobody clicks any more."""
        self._done.set()
        self._over.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    # -- those who ask -------------------------------------------------------------------------------

    def _all_lines(self, dice: Random) -> Iterator[tuple[str, str]]:
        while True:
            yield from kinds.lines(dice, self._estate, 200, self._but)

    def _ask(self, number: int) -> None:
        person, turn = self._slack.as_person(ASKERS[number % len(ASKERS)]), number
        while not self._done.is_set():
            if self._open >= OPEN_AT_MOST or not self._is_time():
                time.sleep(0.1)
                continue
            with self._lock:
                self._typed += 1
                kind, pattern = next(self._lines)
                turn += AT_ONCE + 1
            line = _RECENT.sub(lambda found: str(max(1, self._asked - int(found[1]))), pattern)
            told = person.types(CHANNELS[turn % len(CHANNELS)], line)
            self._note(kind, f"slash:{told.payload.get('trigger_id')}", told.acked, told.shown)

    def _is_time(self) -> bool:
        return self._typed < (time.monotonic() - self._begun) * A_SECOND

    def _note(self, kind: str, key: str, acked: bool, shown: str) -> None:
        with self._lock:
            if not acked:
                self.lost.append(key)
                self.counts["asked in vain"] += 1
            elif shown:
                self.counts["refused at the door"] += 1
            else:
                self.taken.append(key)
                self.kinds[kind] += 1

    def _count(self) -> None:
        while not self._over.wait(0.2):
            self._asked, self._open = self._books.asked(), self._books.under_way()
            if self._asked >= self._wanted:
                self._done.set()

    # -- those who decide ----------------------------------------------------------------------------

    def _decide(self) -> None:
        decided: set[int] = set()
        while not self._over.wait(0.3):
            for number, asker, channel, ts in self._books.rows(_WAITING):
                if number not in decided and self._decides(number, asker, channel, ts):
                    decided.add(number)

    def _decides(self, number: int, asker: str, channel: str, ts: str) -> bool:
        """Whether it is settled; who gets no answer clicks again."""
        fate = Random(number).random()
        try:
            card = self._slack.workspace.messages.find(channel, ts)
            if fate < 0.80:
                return self._clicked("approved", APPROVER, card, "toban.approve")
            if fate < 0.87:
                return self._denied(card)
            if fate < 0.92:
                return self._clicked("cancelled", asker, card, "toban.cancel")
            if not self._lingers:
                return self._clicked("approved", APPROVER, card, "toban.approve")
        except (CannotDoError, Refusal):  # the card has changed meanwhile
            return False
        self.counts["left to expire"] += 1
        return True

    def _clicked(self, what: str, person: str, card: object, button: str) -> bool:
        told = self._slack.as_person(person).clicks(card, button)  # type: ignore[arg-type]
        self.counts[what if told.acked else "clicked in vain"] += 1
        return told.acked

    def _denied(self, card: object) -> bool:
        if not self._clicked("asked why", APPROVER, card, "toban.deny"):
            return False
        forms = self._slack.views(APPROVER)
        if not forms:
            return False
        told = self._slack.as_person(APPROVER).submits(forms[-1].id, {"reason/text": "not today"})
        self.counts["denied"] += told.acked
        return told.acked
