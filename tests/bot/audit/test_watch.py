"""A break stops new changes until somebody looked at it, and is reported once."""

from sqlalchemy import select, update

from bot.audit.seal import seal_all
from bot.audit.verdict import Break
from bot.audit.verify import verify
from bot.audit.watch import acknowledge, is_open, note
from bot.store.audit import Event
from bot.store.schema import audit, flags
from tests.bot.audit.log import KEY, START, Log


def look(log: Log, key: bytes = KEY) -> tuple[Break, ...]:
    verdict = log.do(lambda tx: verify(tx, KEY))
    return log.do(lambda tx: note(tx, key, verdict, START))


def agree(log: Log, key: bytes = KEY) -> int:
    return log.do(lambda tx: acknowledge(tx, key, "U1", "restored by hand", START))


def events(log: Log, event: Event) -> list[tuple[str, str]]:
    found = select(audit.c.person, audit.c.detail).where(audit.c.event == event)
    return [(person, detail) for person, detail in log.do(lambda tx: tx.execute(found).all())]


def broken(log: Log) -> Log:
    log.sealed(9).tamper("UPDATE audit SET person = 'U9' WHERE id = 4")
    return log


def test_a_whole_log_is_in_nobodys_way(log: Log) -> None:
    assert look(log.sealed(3)) == ()
    assert not log.do(is_open)


def test_a_break_is_written_to_the_log_once(log: Log) -> None:
    broken(log)
    assert len(look(log)) == 1
    assert look(log) == ()
    assert log.do(is_open)
    assert events(log, Event.BREAK_FOUND) == [("", "row 4 is not what was sealed (seals 4 to 4)")]


def test_an_acknowledged_break_opens_the_way_and_stays_acknowledged(log: Log) -> None:
    broken(log)
    look(log)
    assert agree(log) == 1
    assert not log.do(is_open)
    assert look(log) == ()
    assert not log.do(is_open)
    assert events(log, Event.BREAK_ACKNOWLEDGED) == [("U1", "restored by hand")]


def test_another_break_closes_it_again(log: Log) -> None:
    broken(log)
    look(log)
    agree(log)
    log.tamper("UPDATE audit SET person = 'U7' WHERE id = 4")
    assert len(look(log)) == 1
    assert log.do(is_open)


def test_both_breaks_stay_acknowledged_after_the_second(log: Log) -> None:
    broken(log)
    look(log)
    agree(log)
    log.tamper("UPDATE audit SET person = 'U7' WHERE id = 8")
    look(log)
    agree(log)
    assert look(log) == ()


def test_nothing_is_acknowledged_where_nothing_is_open(log: Log) -> None:
    assert agree(log.sealed(3)) == 0
    assert events(log, Event.BREAK_ACKNOWLEDGED) == []


def test_an_acknowledgement_without_the_key_counts_for_nothing(log: Log) -> None:
    broken(log)
    look(log)
    agree(log, b"x" * 32)
    assert len(look(log)) == 1
    assert log.do(is_open)


def test_a_flag_of_another_shape_counts_for_nothing(log: Log) -> None:
    broken(log)
    look(log)
    agree(log)
    log.do(lambda tx: tx.execute(update(flags).values(value={"breaks": 3})))
    assert len(look(log)) == 1


def test_what_is_written_about_a_break_is_sealed_like_everything(log: Log) -> None:
    broken(log)
    look(log)
    agree(log)
    log.do(lambda tx: seal_all(tx, KEY))
    assert look(log) == ()
    assert log.do(lambda tx: verify(tx, KEY)).sealed == 11
