from commands.backup._night import COLUMNS, counted, rows, tell
from tests.commands.backup.nights import copy, create, delete, ended, image, left, signal, thaw, volume


def test_a_good_night_is_one_sentence() -> None:
    steps = [
        ended(create("vol-1"), result="snap-1"),
        ended(create("vol-2"), result="snap-2"),
        ended(image("i-1"), result="ami-1"),
        ended(copy("vol-1"), result="snap-3"),
        ended(delete("snap-old", "vol-1")),
    ]
    told = tell(steps, ())
    assert str(told.summary) == (
        "Backups of 2026-11-22: all 3 volumes and instances. 3 new generations, 1 copy, 1 old one removed."
    )
    assert told.well
    assert told.lines == ()


def test_every_target_is_counted_once_and_the_counts_sum_to_their_number() -> None:
    steps = [
        ended(create("vol-1"), result="snap-1"),
        ended(create("vol-2"), "failed", why="no"),
        ended(copy("vol-2"), "skipped", why="it needs what failed"),
        ended(create("vol-3"), "unknown"),
        ended(create("vol-4"), "skipped", why="cancelled"),
    ]
    told = tell(steps, [left(volume("vol-5"), "its tag keeps it out"), left(volume("vol-1"), "odd tag")])
    assert counted(told.summary) == {"done": 1, "failed": 1, "skipped": 2, "unknown": 1, "total": 5}
    assert "1 of 5 volumes and instances; 1 failed, 1 unknown, 2 skipped." in str(told.summary)
    assert not told.well


def test_a_failure_is_told_with_its_reason_and_what_to_do_about_it() -> None:
    told = tell([ended(create("vol-2", "db"), "failed", why="the key is disabled")], ())
    assert [str(line) for line in told.lines] == [
        "vol-2 db failed: the key is disabled – “/backup tonight vol-2” tries again now"
    ]


def test_what_the_tags_keep_out_is_nothing_missing() -> None:
    told = tell([ended(create("vol-1"), result="snap-1")], [left(volume("vol-2"), "its tag keeps it out")])
    assert told.well
    assert "1 of 2 volumes and instances; 1 skipped." in str(told.summary)


def test_an_old_generation_that_changed_meanwhile_stays_and_the_target_is_done() -> None:
    steps = [ended(create("vol-1"), result="snap-1"), ended(delete("snap-old", "vol-1"), "skipped", why="so")]
    told = tell(steps, ())
    assert told.well
    assert told.file is not None
    assert [(row["outcome"], row["why"]) for row in rows(told.file)] == [("done", "so")]


def test_a_missing_copy_is_missing_also_when_nothing_failed() -> None:
    steps = [ended(create("vol-1"), result="snap-1"), ended(copy("vol-1"), "skipped", why="cancelled")]
    told = tell(steps, ())
    assert counted(told.summary)["skipped"] == 1
    assert not told.well


def test_an_old_generation_that_cannot_be_removed_is_a_failure_that_says_the_new_one_is_there() -> None:
    steps = [ended(create("vol-1"), result="snap-1"), ended(delete("snap-old", "vol-1"), "failed", why="no")]
    told = tell(steps, ())
    assert counted(told.summary)["failed"] == 1
    assert "the new generation is there" in str(told.lines[0])


def test_the_file_has_every_resource_with_what_was_made_and_removed() -> None:
    steps = [
        ended(create("vol-1", "=db"), result="snap-1"),
        ended(copy("vol-1"), result="snap-2"),
        ended(delete("snap-old", "vol-1")),
    ]
    used = left(volume("vol-9"), "its tag keeps it out")
    told = tell(steps, [used])
    assert told.file is not None
    assert told.file.name == "backup-2026-11-22.csv"
    first, second = rows(told.file)
    assert tuple(first) == COLUMNS
    assert tuple(first.values()) == (
        *("prod", "ap-northeast-1", "volume", "vol-1", "'=db", "done"),
        *("snap-1", "snap-2", "snap-old", "", ""),
    )
    assert (second["id"], second["outcome"], second["why"]) == ("vol-9", "skipped", "its tag keeps it out")


def test_a_snapshot_that_an_image_uses_is_in_the_file_and_no_target() -> None:
    used = left(delete("snap-old", "vol-1").target, "ami-1 uses it")
    told = tell([ended(create("vol-1"), result="snap-1")], [used])
    assert counted(told.summary)["total"] == 1
    assert told.file is not None
    assert [row["outcome"] for row in rows(told.file)] == ["done", "stays"]


def test_a_copy_alone_tells_of_the_volume_where_it_is_not_where_its_copy_goes() -> None:
    told = tell([ended(copy("vol-1"), result="snap-2")], ())
    assert told.file is not None
    (row,) = rows(told.file)
    assert (row["region"], row["type"], row["id"]) == ("ap-northeast-1", "volume", "vol-1")


def test_the_signal_is_no_target_and_when_it_fails_somebody_is_told_why_an_alarm_may_ring() -> None:
    made = ended(create("vol-1"), result="snap-1")
    told = tell([made, ended(signal([made.step], 1), "failed", why="no right")], ())
    assert counted(told.summary)["total"] == 1
    assert not told.well
    assert "CloudWatch was not told of this good night" in str(told.lines[0])
    assert tell([made, ended(signal([made.step], 1))], ()).well


def test_a_night_that_failed_says_nothing_of_the_signal_that_it_did_not_send() -> None:
    made = ended(create("vol-1"), "failed", why="no")
    told = tell([made, ended(signal([made.step], 1), "skipped", why="it needs what failed")], ())
    assert len(told.lines) == 1


def test_a_thaw_that_failed_is_no_target_and_is_told_first() -> None:
    steps = [
        ended(create("vol-1"), "failed", why="no"),
        ended(thaw("i-1"), "failed", why="no answer from the agent"),
    ]
    told = tell(steps, ())
    assert counted(told.summary)["total"] == 1
    assert str(told.lines[0]) == (
        "i-1 db-1: snapshot.after failed: no answer from the agent – please look at it now"
    )
    alone = tell([ended(create("vol-1"), result="snap-1"), ended(thaw("i-1"), "unknown")], ())
    assert not alone.well
    assert counted(alone.summary)["done"] == 1
