"""Events while toban dies at every commit and every request to the queue: one trouble, letter and ask."""

import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.store.event_schema import events, silences, storms, troubles
from bot.store.schema import asks, audit, outbox
from jobs import escalation
from jobs.inbox import HIDDEN, Door, Inbox
from jobs.readings.read import read
from playground.aws import saying
from tests.happened import CALLING, DOING, INSTANCE
from tests.house import House, Time, house
from tests.jobs.box import MAIN, Box, Boxed
from tests.scenarios.conftest import ACCOUNT, DEV
from tests.scenarios.dies import Death, Killed

RULE = replace(DOING, name="alarms", after=CALLING.after, wider=CALLING.wider, topic=CALLING.topic)
NEVER = 0


def story(box: Box, time: Time) -> None:
    """Two alarms, one of which is over before it is heard of, both told twice; a stranger's; and garbage."""
    at = time()
    box.send(
        saying.cpu_alarm(ACCOUNT, INSTANCE, "web", at, "ALARM"),
        saying.cpu_alarm(ACCOUNT, INSTANCE, "brief", at, "ALARM"),
        saying.cpu_alarm(ACCOUNT, INSTANCE, "brief", time.at, "OK"),
        saying.cpu_alarm("999999999999", INSTANCE, "foreign", at, "ALARM"),
        "garbage",
    )
    box.send(*(held.body for held in box.held[:2]))


def live(folder: Path, box: Box, time: Time, death: Death, die_at: int) -> None:
    """One life: what waits is taken in, and whoever is due is called.  Raises Killed."""
    with house(folder, [DEV], rules=[RULE], time=time) as there:
        death.waits_at_the_disk(there.path.db)
        box.on_call = death.pass_
        death.come(die_at)
        door = Door(there.path, [RULE], {ACCOUNT: "dev"}, read, lambda _: None, "C0REPORTS")
        inbox = Inbox(Boxed(box), MAIN, door, threading.Event())
        try:
            while inbox.turn(0):
                pass
            time.pass_(minutes=6)
            escalation.look(there.path)
        finally:
            death.come(NEVER)


def told(folder: Path, die_at: int) -> tuple[dict[str, object], bool]:
    """What is so in the end, and whether anybody died."""
    time, death = Time(), Death()
    box = Box(time)
    story(box, time)
    try:
        live(folder, box, time, death, die_at)
        died = False
    except Killed:
        died = True
    if died:
        time.pass_(seconds=HIDDEN + 1)
        live(folder, box, time, death, NEVER)
    assert box.held == []
    with house(folder, [DEV], rules=[RULE], time=time) as there:
        return rows(there), died


def rows(there: House) -> dict[str, object]:
    """The rows, without times and ids that a restart may change."""
    kept: Mapping[str, tuple[object, ...]] = {
        "troubles": (troubles.c.subject, troubles.c.state, troubles.c.times, troubles.c.operation),
        "events": (events.c.key, events.c.outcome),
        "storms": (storms.c.id,),
        "silences": (silences.c.rule,),
        "letters": (outbox.c.kind, outbox.c.channel),
        "asks": (asks.c.key, asks.c.line),
        "audit": (audit.c.event, audit.c.resource),
    }

    def sorted_rows(name: str) -> list[str]:
        query = select(*kept[name])  # type: ignore[call-overload]
        return sorted(str(tuple(row)) for row in there.path.db.read(lambda tx: tx.execute(query).all()))

    return {name: sorted_rows(name) for name in kept}


def test_killed_at_any_moment_there_is_one_trouble_one_letter_and_one_ask(tmp_path: Path) -> None:
    def life(die_at: int) -> tuple[dict[str, object], bool]:
        folder = tmp_path / f"dies-{die_at}"
        folder.mkdir()
        return told(folder, die_at)

    wanted, _ = life(NEVER)
    assert len(wanted["asks"]) == 1  # type: ignore[arg-type]
    assert len(wanted["troubles"]) == 2  # type: ignore[arg-type]
    for die_at in range(1, 50):
        found, died = life(die_at)
        assert found == wanted, die_at
        if not died:
            break
    else:
        pytest.fail("it goes on and on")
    assert die_at > 8
