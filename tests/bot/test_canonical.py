import hashlib
import json

from aws.account import Place
from bot.canonical import canonical, plan_hash, step_from_json, step_to_json
from bot.plan import Left, Plan, Resource, Step, Unread
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
