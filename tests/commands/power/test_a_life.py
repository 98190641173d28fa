"""Two days of an instance's life: whenever toban is at work it is as a reader of the config would say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aws.instance import Instance
from bot.brief import Held
from bot.hours import Hours
from bot.plan import Step
from bot.schedule import Schedule
from commands.calendars import wants
from commands.power import keep, overrides
from commands.power.hours import Rules, of_instances
from jobs.due import dues
from jobs.overdue import decide
from tests.bot.calendars import DAY, MINUTE, Written, noon, watched, written
from tests.commands.power.machines import HERE, ID, machine

STEADY = settings(
    derandomize=True, deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow]
)


@dataclass
class Life:
    """One instance that keeps hours, and toban, which looks now and then."""

    hours: Hours
    state: str
    seen_until: datetime
    held: list[tuple[Step, Held]] = field(default_factory=list)

    @property
    def calendars(self) -> Mapping[str, Hours]:
        return {self.hours.name: self.hours}

    def look(self, now: datetime, *, clock_first: bool) -> None:
        """What fell due is asked, and the moments that came are seen to, in either order."""
        deeds = [self.ask_due, self.see_to_moments]
        for deed in deeds if clock_first else reversed(deeds):
            deed(now)

    def ask_due(self, now: datetime) -> None:
        schedule = Schedule("office", "", (), "", self.hours.zone.key, "", "", hours=self.hours)
        if decide(schedule, dues(schedule, self.seen_until, now), now).ask:
            wanted = {self.hours.name: wants(self.instance.tags, self.calendars, now) == "running"}
            kept = overrides.by_resource((one for _, one in self.held), now)
            for step in of_instances([(HERE, self.instance)], Rules(wanted, (), kept)).steps:
                self.call(step, now)
        self.seen_until = now

    def see_to_moments(self, now: datetime) -> None:
        come = [pair for pair in self.held if pair[1].until <= now]
        self.held = [pair for pair in self.held if pair[1].until > now]
        for step, _ in come:
            self.call(step, now)

    def keep(self, state: str, until: datetime, now: datetime) -> None:
        *first, last = keep.steps(HERE, self.instance, state, until, self.calendars)
        for step in first:
            self.call(step, now)
        self.held.append((last, Held(HERE.account, HERE.region, ID, last.action, until, 1, "U0SATO", "")))

    def call(self, step: Step, now: datetime) -> None:
        """As the path does: the declared fields are compared first."""
        longer = overrides.by_resource((one for _, one in self.held), now)
        hours = "kept" if longer else wants(self.instance.tags, self.calendars, now)
        shows = {("state", self.state), ("hours", hours)}
        if set(step.before) <= shows and not set(step.after) <= shows:
            self.state = dict(step.after)["state"]

    @property
    def instance(self) -> Instance:
        return machine(self.state, self.hours.name)


BREAKS = st.lists(st.integers(1, 60) | st.integers(60, 700), min_size=4, max_size=10)
OVERRIDES = st.lists(
    st.tuples(st.integers(0, 6), st.sampled_from(["running", "stopped"]), st.integers(60, 1500)),
    min_size=1,
    max_size=3,
)


@STEADY
@given(written(), BREAKS, OVERRIDES, st.booleans())
def test_at_every_look_it_is_as_its_override_or_else_its_hours_say(
    one: Written, breaks: list[int], asked: list[tuple[int, str, int]], clock_first: bool
) -> None:
    begin = noon(one.around) - DAY
    moments = list(looks(begin, breaks))
    as_read = dict(watched(one, begin, moments[-1]))
    life = Life(one.read(), "running" if as_read[begin] else "stopped", begin)
    kept: tuple[str, datetime] | None = None
    for at, now in enumerate(moments):
        life.look(now, clock_first=clock_first)
        kept = kept if kept and kept[1] > now else None
        for when, state, minutes in asked:
            if when == at and kept is None:
                kept = state, now + minutes * MINUTE
                life.keep(*kept, now)
        should = kept[0] if kept else "running" if as_read[now] else "stopped"
        assert life.state == should, now


def looks(begin: datetime, breaks: list[int]) -> Iterator[datetime]:
    """The moments at which toban is at work, so many minutes after each other, within two days."""
    now = begin
    for minutes in breaks:
        now += minutes * MINUTE
        if now <= begin + 2 * DAY:
            yield now
