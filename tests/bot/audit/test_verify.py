"""Whatever is done to a sealed log is found and named."""

import shutil
import threading
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from bot.audit.anchor import Anchor
from bot.audit.chain import GENESIS, digest, last_seal, stored_columns
from bot.audit.seal import seal, seal_all
from bot.audit.verdict import Break, Verdict
from bot.audit.verify import verify
from bot.store.schema import audit, seals
from tests.bot.audit.log import KEY, START, Log


def judged(log: Log, anchors: Sequence[Anchor] = (), key: bytes = KEY) -> Verdict:
    return log.do(lambda tx: verify(tx, key, anchors))


def said(verdict: Verdict) -> list[str]:
    return [str(found.said()) for found in verdict.breaks]


def anchored(log: Log) -> Anchor:
    newest = log.do(last_seal)
    assert newest
    return Anchor(newest.number, newest.hash, START.isoformat())


def reseal(log: Log, key: bytes) -> None:
    """Compute the whole chain anew, as somebody would who wants to hide a change."""
    log.tamper("DELETE FROM seals")
    log.do(lambda tx: seal_all(tx, key))


def test_an_untouched_log_is_whole(log: Log) -> None:
    verdict = judged(log.sealed(10), [anchored(log)])
    assert (verdict.rows, verdict.sealed, verdict.first_break) == (10, 10, None)


def test_an_empty_log_is_whole(log: Log) -> None:
    assert judged(log) == Verdict(0, 0, (), None)


def test_rows_not_sealed_yet_are_no_break(log: Log) -> None:
    log.sealed(3).append(2, first=4)
    verdict = judged(log)
    assert (verdict.rows, verdict.sealed, verdict.breaks) == (5, 3, ())


def test_a_rewritten_row_is_found(log: Log) -> None:
    log.sealed(9).tamper("UPDATE audit SET person = 'U9' WHERE id = 4")
    assert said(judged(log)) == ["row 4 is not what was sealed (seals 4 to 4)"]


@pytest.mark.sqlite
def test_a_moment_written_in_another_form_is_found(log: Log) -> None:
    log.sealed(3).tamper("UPDATE audit SET at = replace(at, ' ', 'T') WHERE id = 2")
    assert said(judged(log)) == ["row 2 is not what was sealed (seals 2 to 2)"]


def test_a_deleted_row_is_found(log: Log) -> None:
    log.sealed(9).tamper("DELETE FROM audit WHERE id = 5")
    assert said(judged(log)) == ["row 5 was deleted (seals 5 to 5)"]


def test_a_row_deleted_with_its_seal_is_found(log: Log) -> None:
    log.sealed(9).tamper("DELETE FROM seals WHERE audit = 5", "DELETE FROM audit WHERE id = 5")
    assert said(judged(log)) == [
        "the seals 5 to 5 are gone",
        "row 6 is not what was sealed (seals 6 to 6)",
    ]


def test_two_swapped_rows_are_found(log: Log) -> None:
    log.sealed(9).tamper(
        "UPDATE audit SET id = 100 WHERE id = 3",
        "UPDATE audit SET id = 3 WHERE id = 7",
        "UPDATE audit SET id = 7 WHERE id = 100",
    )
    assert said(judged(log)) == [
        "row 3 is not what was sealed (seals 3 to 3)",
        "row 7 is not what was sealed (seals 7 to 7)",
    ]


CUT = ("DELETE FROM seals WHERE number > 6", "DELETE FROM audit WHERE id > 6")


def test_a_cut_end_is_found_by_the_anchor(log: Log) -> None:
    log.sealed(9)
    anchor = anchored(log)
    log.tamper(*CUT)
    assert judged(log).first_break is None
    assert said(judged(log, [anchor])) == [
        "the end was cut off or replaced: the anchors of seals 9 to 9 do not fit"
    ]


def test_a_cut_end_is_found_after_new_rows_took_its_place(log: Log) -> None:
    log.sealed(9)
    anchor = anchored(log)
    log.tamper(*CUT)
    log.append(10, first=50)
    log.do(lambda tx: seal_all(tx, KEY))
    assert said(judged(log, [anchor])) == [
        "the end was cut off or replaced: the anchors of seals 9 to 9 do not fit"
    ]


def test_a_chain_computed_anew_without_the_key_is_found(log: Log) -> None:
    log.sealed(9).tamper("UPDATE audit SET person = 'U9' WHERE id = 4")
    reseal(log, b"x" * 32)
    assert said(judged(log)) == ["row 1 is not what was sealed (seals 1 to 9)"]


def test_even_with_the_key_a_rewritten_chain_does_not_fit_its_anchors(log: Log) -> None:
    log.sealed(9)
    anchor = anchored(log)
    log.tamper("UPDATE audit SET person = 'U9' WHERE id = 4")
    reseal(log, KEY)
    assert judged(log).first_break is None
    assert judged(log, [anchor]).first_break


def test_a_forged_row_sealed_with_another_key_is_found(log: Log) -> None:
    log.sealed(5).append(1, first=6)
    newest = anchored(log)

    row = log.do(lambda tx: tx.execute(select(*stored_columns(tx)).where(audit.c.id == 6)).one())
    wrong = digest(b"x" * 32)(newest.hash, row)
    log.do(lambda tx: tx.execute(insert(seals).values(number=6, audit=6, hash=wrong)))
    assert said(judged(log)) == ["row 6 is not what was sealed (seals 6 to 6)"]


def test_a_row_slipped_in_between_is_found(log: Log) -> None:
    log.sealed(5).tamper("DELETE FROM seals WHERE audit = 3")
    assert "the rows 3 to 3 were inserted" in said(judged(log))


def test_a_row_slipped_in_with_a_seal_of_its_own_is_found(log: Log) -> None:
    log.sealed(5)
    log.tamper("UPDATE audit SET id = 0 WHERE id = 1", "INSERT INTO seals VALUES (0, 0, 'x')")
    found = said(judged(log))
    assert "row 0 is not what was sealed (seals 0 to 0)" in found


@pytest.mark.sqlite
def test_an_older_copy_of_the_file_is_found(log: Log, tmp_path: Path) -> None:
    log.sealed(5)
    shutil.copy(log.path, tmp_path / "older.db")
    log.append(5, first=6)
    log.do(lambda tx: seal_all(tx, KEY))
    anchor = anchored(log)
    log.close()
    shutil.copy(tmp_path / "older.db", log.path)
    assert said(judged(log, [anchor])) == [
        "the end was cut off or replaced: the anchors of seals 10 to 10 do not fit"
    ]


@pytest.mark.sqlite
def test_text_that_cannot_be_read_is_a_break_and_not_a_crash(log: Log) -> None:
    log.sealed(5).tamper("UPDATE audit SET person = CAST(x'ff' AS TEXT) WHERE id = 2")
    (found,) = judged(log).breaks
    assert found.kind == "unreadable"


def test_what_came_after_an_earlier_verification_is_verified_alone(log: Log) -> None:
    before = judged(log.sealed(5)).last
    log.append(5, first=6)
    log.do(lambda tx: seal_all(tx, KEY))
    log.tamper("UPDATE audit SET person = 'U9' WHERE id IN (2, 8)")
    after = log.do(lambda tx: verify(tx, KEY, (), before))
    assert said(after) == ["row 8 is not what was sealed (seals 8 to 8)"]
    assert after.sealed == 10


def test_a_log_cut_behind_an_earlier_verification_is_found_without_an_anchor(log: Log) -> None:
    before = judged(log.sealed(9)).last
    log.tamper(*CUT)
    (found,) = log.do(lambda tx: verify(tx, KEY, (), before)).breaks
    assert (found.kind, found.first) == ("cut", 9)


@pytest.mark.parametrize("count", [0, 1, 1999, 2000, 2001, 4000])
def test_sealing_goes_on_until_nothing_is_left(log: Log, count: int) -> None:
    log.append(count)
    made = [log.do(lambda tx: seal(tx, KEY)) for _ in range(3)]
    assert made == [min(2000, count), min(2000, max(0, count - 2000)), 0]
    assert judged(log).first_break is None


def test_the_first_seal_follows_the_beginning(log: Log) -> None:
    log.sealed(1)
    row = log.do(lambda tx: tx.execute(select(*stored_columns(tx))).one())
    assert anchored(log).hash == digest(KEY)(GENESIS, row)


def test_the_chain_holds_while_four_threads_append(log: Log) -> None:
    def append(first: int) -> None:
        for number in range(first, first + 25):
            log.append(2, first=number)

    writers = [threading.Thread(target=append, args=(1000 * number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        log.do(lambda tx: seal(tx, KEY))
    log.do(lambda tx: seal_all(tx, KEY))
    verdict = judged(log)
    assert (verdict.rows, verdict.sealed, verdict.first_break) == (200, 200, None)


def test_neighbouring_breaks_are_one_and_a_further_change_makes_it_another(log: Log) -> None:
    log.sealed(9).tamper("UPDATE audit SET person = 'U9' WHERE id IN (4, 5)")
    (first,) = judged(log).breaks
    log.tamper("UPDATE audit SET person = 'U8' WHERE id = 5")
    (second,) = judged(log).breaks
    assert (first.first, first.last) == (second.first, second.last) == (4, 5)
    assert first != second


def test_breaks_are_found_in_the_order_of_the_log(log: Log) -> None:
    log.sealed(9).tamper("UPDATE audit SET person = 'U9' WHERE id IN (2, 6)")
    first: Break | None = judged(log).first_break
    assert first
    assert first.row == 2


def test_the_time_of_an_entry_is_part_of_its_seal(log: Log) -> None:
    log.sealed(2)
    later = (START + timedelta(days=1)).strftime("%Y-%m-%d %H:%M:%S.%f")
    log.tamper("UPDATE audit SET at = :at WHERE id = 2", at=later)
    assert said(judged(log)) == ["row 2 is not what was sealed (seals 2 to 2)"]
