"""Nights of backups and all that may go wrong with them, in any order; and what holds after each step."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.operation import State
from playground.aws.faults import Fault, Kind
from tests.scenarios.conftest import TOKYO
from tests.scenarios.estate import LOOK_ALIKES
from tests.scenarios.nights import A_DAY, Nights
from tests.scenarios.witness import OREGON, tags, volume_of

CALLS = (
    "CreateSnapshot*",
    "CopySnapshot",
    "DeleteSnapshot",
    "DescribeSnapshots",
    "DescribeVolumes",
    "Describe*",
)
TROUBLES = (Kind.THROTTLE, Kind.DENY, Kind.CUT_BEFORE, Kind.CUT_AFTER)
dies = st.one_of(st.just(0), st.just(0), st.integers(1, 40))
keeps = st.integers(1, 3)
any_of = st.integers(0, 99)


class Misfortunes(RuleBasedStateMachine):
    """Nights, and what may go wrong with them."""

    def __init__(self, nights: Nights) -> None:
        super().__init__()
        self.nights, self.estate = nights, nights.estate
        self.control = nights.local.control

    def teardown(self) -> None:
        try:
            self.a_good_night_sets_all_right(keep=2, copies=True)
            self.nothing_is_wrong()
        finally:
            self.nights.close()

    # -- toban and its people ------------------------------------------------------------------------------

    @rule(keep=keeps, copies=st.booleans(), dies=dies)
    def a_night_begins(self, keep: int, copies: bool, dies: int) -> None:
        self.nights.passes(A_DAY)
        self.nights.ask(keep, copies=copies, dies=dies)

    @rule(keep=keeps, copies=st.booleans(), dies=dies)
    def the_same_night_is_asked_for_again(self, keep: int, copies: bool, dies: int) -> None:
        self.nights.ask(keep, copies=copies, dies=dies)

    @rule(keep=keeps, copies=st.booleans(), before=dies, after=dies)
    def a_night_that_somebody_agrees_to(self, keep: int, copies: bool, before: int, after: int) -> None:
        self.a_night_begins(keep, copies, before)
        self.nights.agree(after)
        self.nights.go_on()

    @rule(dies=dies)
    def somebody_agrees(self, dies: int) -> None:
        self.nights.agree(dies)

    @rule(dies=dies, seconds=st.sampled_from([20, 120, 4 * 3600]))
    def time_passes(self, dies: int, seconds: float) -> None:
        self.nights.go_on(seconds=seconds, dies=dies)

    @rule(keep=keeps, copies=st.booleans())
    def a_good_night_sets_all_right(self, keep: int, copies: bool) -> None:
        nights = self.nights
        nights.calm()
        nights.passes(A_DAY)
        number = nights.ask(keep, copies=copies)
        nights.calm()
        if self.estate.volumes:
            assert nights.there.operation(number).state is State.DONE, nights.there.steps(number)
        for volume in self.estate.volumes:
            self._is_as_wanted(TOKYO, volume, keep)
            if copies:
                self._is_as_wanted(OREGON, volume, keep)

    def _is_as_wanted(self, region: str, volume: str, keep: int) -> None:
        newest, *older = self.nights.witness.series(region, volume)
        assert tags(newest)["toban:night"] == self.estate.night
        wanted = self.estate.wanted(volume, keep)
        beyond = {one.id for one in older[wanted - 1 :]} if wanted else set()
        assert beyond <= self.estate.used()

    # -- AWS -----------------------------------------------------------------------------------------------

    @rule(seconds=st.sampled_from([0, 30, None]), failing=st.integers(0, 3), denied=st.integers(0, 2))
    def snapshots_will_take(self, seconds: float | None, failing: int, denied: int) -> None:
        self.control.snapshots_take(seconds)
        self.control.fail_snapshots(failing)
        self.control.deny_copies_by_kms(denied)

    @rule(end=st.sampled_from(["completed", "completed", "error"]))
    def pending_ones_end(self, end: str) -> None:
        self.control.release_snapshots(end=end)

    @rule(kind=st.sampled_from(TROUBLES), action=st.sampled_from(CALLS), times=st.integers(1, 5))
    def calls_will_go_wrong(self, kind: Kind, action: str, times: int) -> None:
        self.control.order(Fault(kind, action=action, times=times))

    # -- other people --------------------------------------------------------------------------------------

    @precondition(lambda self: self.estate.volumes)
    @rule(which=any_of, ago=st.integers(1, 9), status=st.sampled_from(["completed", "completed", "error"]))
    def there_is_an_older_one(self, which: int, ago: int, status: str) -> None:
        for region in (TOKYO, OREGON):
            self.estate.plant(self._volume(which), ago, status, region)

    @precondition(lambda self: self.estate.volumes)
    @rule(like=st.sampled_from(sorted(LOOK_ALIKES)), which=any_of, days=st.sampled_from([-9, 0, 1]))
    def somebody_else_makes_one(self, like: str, which: int, days: int) -> None:
        self.estate.stranger(like, self._volume(which), days)

    @precondition(lambda self: self.estate.generations())
    @rule(which=any_of)
    def somebody_deletes_one(self, which: int) -> None:
        generations = self.estate.generations()
        self.estate.delete_by_hand(*generations[which % len(generations)])

    @rule(which=any_of)
    def an_image_uses_one(self, which: int) -> None:
        here = [
            one for region, one in self.estate.generations() if (region, one.status) == (TOKYO, "completed")
        ]
        if here:
            self.estate.image_uses(here[which % len(here)])

    @precondition(lambda self: self.estate.volumes)
    @rule(which=any_of, keep=st.sampled_from(["", "1", "3", "two"]))
    def a_volume_wishes_for_itself(self, which: int, keep: str) -> None:
        self.nights.wish(self._volume(which), keep)

    @precondition(lambda self: len(self.estate.volumes) == 3)
    @rule(which=any_of)
    def a_volume_is_deleted(self, which: int) -> None:
        self.estate.vanish(self._volume(which))

    def _volume(self, which: int) -> str:
        return self.estate.volumes[which % len(self.estate.volumes)]

    # -- what holds after every step -----------------------------------------------------------------------

    @invariant()
    def nothing_is_wrong(self) -> None:
        """Too few, too early, of others, without an audit line: the witness saw none of it."""
        assert self.nights.witness.wrong == []
        assert self.control.count(outcome="LocalAwsGap") == 0

    @invariant()
    def every_one_carries_its_tags(self) -> None:
        for _, one in self.estate.generations():
            told = tags(one)
            assert told.keys() >= {"toban:operation", "toban:token", "toban:kind"}, one.id
            assert told["toban:token"] == "planted" or told["toban:night"]

    @invariant()
    def of_one_night_a_volume_has_one(self) -> None:
        made = [
            (region, volume_of(one), night)
            for region, one in self.estate.generations()
            if one.status != "error" and (night := tags(one).get("toban:night"))
        ]
        assert len(made) == len(set(made)), sorted(made)

    @invariant()
    def what_others_made_is_as_it_was(self) -> None:
        assert self.estate.foreign() == self.estate.seen
