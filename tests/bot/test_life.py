from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.life import Do, decide
from bot.trouble import Phase, Severity, State, Trouble
from bot.words import words

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
MINUTE, REOPEN = timedelta(minutes=1), timedelta(minutes=30)
OPEN = Trouble(
    number=1,
    rule="alarms",
    subject="arn",
    account="dev",
    region="ap-northeast-1",
    severity=Severity.CRITICAL,
    state=State.OPEN,
    title=words("web-cpu"),
    facts=(),
    names={},
    offers=(),
    channel="C0OPS",
    began=NOW,
    last=NOW,
    ended=None,
    times=1,
    tells=False,
)
LOOKED_AT = replace(OPEN, state=State.ACKNOWLEDGED, acknowledged_by="U0SATO")
OVER = replace(OPEN, state=State.OVER, ended=NOW)
NOTED = replace(OVER, times=0)
LATER, SAME, EARLIER = NOW + MINUTE, NOW, NOW - MINUTE
MUCH_LATER = NOW + REOPEN + MINUTE
B, G, E, T = Phase.BEGINS, Phase.GOES_ON, Phase.ENDS, Phase.TELLS


@pytest.mark.parametrize(
    ("was", "phase", "at", "what"),
    [
        # nothing is known of it
        (None, B, NOW, Do.BEGIN),
        (None, G, NOW, Do.BEGIN),
        (None, T, NOW, Do.BEGIN),
        (None, E, NOW, Do.NOTE),
        # it is open
        (OPEN, B, LATER, Do.GO_ON),
        (OPEN, G, LATER, Do.GO_ON),
        (OPEN, E, LATER, Do.END),
        (OPEN, T, LATER, Do.GO_ON),
        (OPEN, T, MUCH_LATER, Do.BEGIN),
        # somebody looks at it
        (LOOKED_AT, B, LATER, Do.GO_ON),
        (LOOKED_AT, G, LATER, Do.GO_ON),
        (LOOKED_AT, E, LATER, Do.END),
        (LOOKED_AT, T, LATER, Do.BEGIN),
        # it is over
        (OVER, B, LATER, Do.AGAIN),
        (OVER, G, LATER, Do.AGAIN),
        (OVER, B, NOW + REOPEN, Do.AGAIN),
        (OVER, B, MUCH_LATER, Do.BEGIN),
        (OVER, G, MUCH_LATER, Do.BEGIN),
        (OVER, E, LATER, Do.KEEP),
        (OVER, T, LATER, Do.BEGIN),
        # what is older than what is known comes too late
        *((was, phase, EARLIER, Do.NOTHING) for was in (OPEN, LOOKED_AT, OVER) for phase in Phase),
        # of two of the same moment the end counts
        (OPEN, B, SAME, Do.GO_ON),
        (OPEN, E, SAME, Do.END),
        (OVER, B, SAME, Do.NOTHING),
        (OVER, G, SAME, Do.NOTHING),
        (OVER, E, SAME, Do.KEEP),
        # only its end has come
        (NOTED, B, EARLIER, Do.BEFORE),
        (NOTED, G, EARLIER, Do.BEFORE),
        (NOTED, T, EARLIER, Do.BEFORE),
        (NOTED, B, SAME, Do.BEFORE),
        (NOTED, B, LATER, Do.BEGIN),
        (NOTED, G, LATER, Do.BEGIN),
        (NOTED, E, LATER, Do.KEEP),
        (NOTED, E, EARLIER, Do.NOTHING),
        (NOTED, E, SAME, Do.NOTHING),
    ],
)
def test_what_an_event_does(was: Trouble | None, phase: Phase, at: datetime, what: Do) -> None:
    assert decide(was, phase, at, REOPEN) is what


def after(was: Trouble | None, phase: Phase, at: datetime) -> Trouble:
    """The trouble as the flow leaves it; a new one has a new number."""
    what, there = decide(was, phase, at, REOPEN), was or OPEN
    new = replace(OPEN, number=there.number + 1, began=at, last=at)
    return {
        Do.BEGIN: new,
        Do.NOTE: replace(new, state=State.OVER, ended=at, times=0),
        Do.AGAIN: replace(there, state=State.OPEN, ended=None, times=there.times + 1, last=at),
        Do.GO_ON: replace(there, last=at),
        Do.END: replace(there, state=State.OVER, ended=at, last=at),
        Do.BEFORE: replace(there, times=1, began=at),
        Do.KEEP: replace(there, last=at),
        Do.NOTHING: there,
    }[what]


happenings = st.lists(
    st.tuples(st.sampled_from([B, G, E]), st.integers(0, 200)),
    min_size=1,
    max_size=7,
    unique_by=lambda one: one[1],
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(data=st.data(), happened=happenings)
def test_in_any_order_and_however_often_the_newest_decides_and_a_begin_is_told(
    data: st.DataObject, happened: list[tuple[Phase, int]]
) -> None:
    again = data.draw(st.lists(st.sampled_from(happened), max_size=4))
    known: set[tuple[Phase, int]] = set()
    was, told = None, False
    for one in data.draw(st.permutations([*happened, *again])):
        if one not in known:  # the database refuses the second delivery
            known.add(one)
            was = after(was, one[0], NOW + one[1] * MINUTE)
            told = told or was.times > 0
    newest = max(happened, key=lambda one: one[1])
    assert was is not None
    assert (was.state is State.OVER) is (newest[0] is E)
    assert was.last == NOW + newest[1] * MINUTE
    assert told is any(phase is not E for phase, _ in happened)
