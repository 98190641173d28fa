"""Nights of backups over the real path, in a house that may die at any moment and be opened again.

AWS's clock is the house's, so that a night is over no sooner than the test says.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from aws.account import AccountConfig
from bot.flow.receive import Accepted
from bot.operation import ENDS, State
from playground.aws.server import LocalAws
from tests.house import APPROVER, House, Time, house
from tests.scenarios.conftest import ACCOUNT, TOKYO
from tests.scenarios.dies import Death, Killed
from tests.scenarios.estate import Estate
from tests.scenarios.witness import NOTHING_GOES, OREGON, Witness

FIRST = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)  # 01:00 of the second of March in Tokyo
A_DAY = 24 * 3600  # seconds
WIDE = AccountConfig("dev", ACCOUNT, (TOKYO, OREGON))


def one_clock(patch: pytest.MonkeyPatch, time: Time) -> None:
    """Snapshots are of this clock's time, and nobody sleeps before he asks AWS again."""
    patch.setattr("moto.ec2.models.elastic_block_store.utcnow", lambda: time.at.replace(tzinfo=None))
    patch.setattr("botocore.endpoint.time", SimpleNamespace(sleep=lambda _seconds: None))


@dataclass
class Nights:
    """The house and its people, beside an AWS that stays."""

    local: LocalAws
    client: Any  # of this AWS, in Tokyo; to make one takes longer than most of what happens here
    folder: Path
    time: Time
    death: Death
    asked: dict[int, int] = field(default_factory=dict)  # operation -> generations its line keeps
    lives: ExitStack = field(default_factory=ExitStack)

    def __post_init__(self) -> None:
        self.local.reset()
        self.time.at = FIRST
        self.death.come(0)
        self.folder.mkdir()
        self.witness = Witness(self.local, self.folder / "toban.db")
        self.estate = Estate(self.local, self.client, self.time, self.witness)
        moto = self.local._moto
        vars(moto)["answer"] = self.witness.attend(moto.answer)
        self.there = self._open()

    def close(self) -> None:
        """The end of this story."""
        self.lives.close()
        vars(self.local._moto).pop("answer", None)

    def _open(self) -> House:
        there = self.lives.enter_context(house(self.folder, [WIDE], time=self.time))
        self.death.waits_at_the_disk(there.path.db)
        return there

    def life(self, do: Callable[[], object], dies: int = 0) -> None:
        """Do it, and perhaps die at the n-th commit or request of it; then another house takes over."""
        self.death.come(dies)
        try:
            do()
        except Killed:
            assert self.death.came
        died = self.death.came
        if died:
            self.lives.close()
        self.death.come(0)
        if died:
            self.there = self._open()

    # -- what people ask, and what time does ---------------------------------------------------------------

    def ask(self, keep: int, *, copies: bool = False, dies: int = 0) -> int:
        """Ask for this night, and let it go as far as it goes; returns the operation's number."""
        there = f" --copy-to {OREGON}" if copies else ""
        taken = self.there.ask(f"/backup tonight --keep {keep}{there}", key=f"night-{len(self.asked) + 1}")
        assert isinstance(taken, Accepted), taken
        self.asked[taken.number] = keep
        self._promise(taken.number)
        self.life(self.there.engine.run_until_idle, dies)
        return taken.number

    def wish(self, volume: str, keep: str) -> None:
        """A volume's tag changes; what is planned stays as it was agreed to."""
        self.estate.wish(volume, keep)
        for number in self.in_state(State.ASKED):
            self._promise(number)

    def _promise(self, number: int) -> None:
        wanted = {one: self.estate.wanted(one, self.asked[number]) for one in self.estate.volumes}
        self.witness.promised[number] = {one: keep or NOTHING_GOES for one, keep in wanted.items()}

    def agree(self, dies: int = 0, seconds: float = 20) -> None:
        """A colleague clicks on every card that waits."""
        for number in self.in_state(State.WAITING):
            self.there.click(number, APPROVER)
        self.go_on(seconds=seconds, dies=dies)

    def go_on(self, *, seconds: float = 20, turns: int = 2, dies: int = 0) -> None:
        """Time passes, and toban works at what is due."""

        def work() -> None:
            for _ in range(turns):
                self.passes(seconds)
                self.there.engine.run_until_idle()

        self.life(work, dies)

    def passes(self, seconds: float) -> None:
        """Time passes, for AWS as for the house."""
        self.local.control.advance(seconds)
        self.time.pass_(seconds=seconds)

    def in_state(self, *states: State) -> list[int]:
        """The operations that stand there."""
        return [number for number in self.asked if self.there.operation(number).state in states]

    def calm(self) -> None:
        """No more misfortune: everything that was begun comes to its end, if need be by its time limit."""
        control = self.local.control
        control.clear()
        control.snapshots_take(0)
        control.fail_snapshots(0)
        control.deny_copies_by_kms(0)
        control.release_snapshots()
        for turn in range(30):
            self.agree(seconds=20 if turn < 10 else 3600)
            if len(self.in_state(*ENDS)) == len(self.asked):
                return
        open_ = set(self.asked) - set(self.in_state(*ENDS))
        raise AssertionError(f"they do not end: {[self.there.steps(number) for number in open_]}")
