import hashlib
import json
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from aws.account import Place
from bot.canonical import (
    canonical,
    plan_from_json,
    plan_hash,
    plan_to_json,
    step_from_json,
    step_to_json,
)
from bot.plan import Left, Plan, Resource, Step, Table, Unread
from bot.words import words

LINE = "backup tonight --keep 7"
SNAPSHOT = Resource(
    "dev", "eu-west-1", "snapshot", "snap-1", "“web”", (("Backup", "nightly"), ("Name", "“web”"))
)
STEP = Step(
    key="snapshot.delete/dev/eu-west-1/snap-1",
    action="snapshot.delete",
    target=SNAPSHOT,
    before=(("newer", "enough"), ("state", "completed")),
    after=(("state", "deleted"),),
    inputs=(("volume", "vol-1"),),
    needs=("snapshot.create/dev/eu-west-1/vol-1",),
    warnings=(words("cannot be undone"),),
    about="vol-1",
)
PLAN = Plan(
    words("delete 2"),
    (STEP, STEP),
    (Left(SNAPSHOT, words("{image} uses it", image="ami-1")),),
    (Unread(Place("prod", "us-east-1"), words("no answer")),),
)


def test_the_canonical_form_is_json_with_sorted_keys_and_no_spaces() -> None:
    for plan in (PLAN, Plan(words("nothing"))):
        text = canonical(LINE, plan)
        assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert json.loads(text)["line"] == LINE
        assert len(json.loads(text)["steps"]) == len(plan.steps)


def test_the_hash_is_that_of_the_canonical_form() -> None:
    assert plan_hash(LINE, PLAN) == hashlib.sha256(canonical(LINE, PLAN).encode()).hexdigest()


def test_a_step_is_read_back_as_it_was() -> None:
    assert step_from_json(json.loads(json.dumps(step_to_json(STEP)))) == STEP


def test_a_step_that_waits_for_its_moment_is_read_back_as_it_was() -> None:
    evening = datetime(2026, 11, 22, 22, 0, tzinfo=ZoneInfo("Asia/Tokyo"))
    for waiting in (
        replace(STEP, not_before=evening),
        replace(STEP, after_a_while=timedelta(hours=2), within=timedelta(seconds=90)),
    ):
        assert step_from_json(json.loads(json.dumps(step_to_json(waiting)))) == waiting


def test_what_a_step_has_not_stands_neither_in_its_json_nor_in_its_hash() -> None:
    assert step_to_json(STEP).keys().isdisjoint({"within", "not_before", "after_a_while"})
    assert "approvals" not in json.loads(canonical(LINE, PLAN))
    as_it_was = "a1b7100c8f06"
    assert plan_hash(LINE, PLAN).startswith(as_it_was)


def test_a_table_is_read_back_as_it_was_with_its_sentences() -> None:
    rows = (("i-1", words("it is {state}", state="running")), ("i-2", "–"))
    plan = Plan(words("two"), table=Table((words("Instance"), words("State")), rows))
    assert plan_from_json(json.loads(json.dumps(plan_to_json(plan)))) == plan


def test_how_many_must_agree_is_part_of_what_they_agree_to() -> None:
    wanting = replace(PLAN, approvals=2)
    assert plan_hash(LINE, wanting) != plan_hash(LINE, PLAN)
    assert json.loads(canonical(LINE, wanting))["approvals"] == 2
    assert plan_from_json(json.loads(json.dumps(plan_to_json(wanting)))).approvals == 2


def test_a_plan_that_was_stored_before_there_were_such_wants_nobody_more() -> None:
    stored = plan_to_json(PLAN)
    del stored["approvals"]
    assert plan_from_json(stored).approvals == 0
