"""What toban sees of instances and does to them."""

from typing import TYPE_CHECKING

import pytest

from aws import instance
from aws.errors import NotFound
from aws.tags import Tags

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client


def run(ec2: "EC2Client", image: str, **tags: str) -> str:
    reply = ec2.run_instances(
        ImageId=image,
        MinCount=1,
        MaxCount=1,
        InstanceType="t3.micro",
        TagSpecifications=Tags.of(tags).written("instance"),
    )
    return reply["Instances"][0]["InstanceId"]


def found(ec2: "EC2Client", **wanted: object) -> set[str]:
    return {one.id for one in instance.find(ec2, **wanted)}  # type: ignore[arg-type]  # handed on


def test_an_instance_has_the_fields_people_ask_for(ec2: "EC2Client", image: str) -> None:
    web = run(ec2, image, Name="web-1", env="dev")
    (seen,) = instance.find(ec2)
    assert (seen.id, seen.name, seen.state, seen.type, seen.image_id) == (
        web,
        "web-1",
        "running",
        "t3.micro",
        image,
    )
    assert seen.zone.startswith("eu-west-1")
    assert seen.tags == {"Name": "web-1", "env": "dev"}
    assert len(seen.volume_ids) == 1
    assert seen.launched is not None
    assert seen.launched.tzinfo is not None


def test_all_tags_must_match_and_any_value_of_one_key_may(ec2: "EC2Client", image: str) -> None:
    dev = run(ec2, image, env="dev", team="a")
    stage = run(ec2, image, env="stage", team="a")
    run(ec2, image, env="dev", team="b")
    assert found(ec2, tags=[("env", "dev"), ("env", "stage"), ("team", "a")]) == {dev, stage}


def test_names_may_be_patterns(ec2: "EC2Client", image: str) -> None:
    web = run(ec2, image, Name="web-1")
    run(ec2, image, Name="db-1")
    assert found(ec2, names=["web-*"]) == {web}


def test_an_id_that_does_not_exist_is_absent(ec2: "EC2Client", image: str) -> None:
    web = run(ec2, image)
    assert found(ec2, ids=[web, "i-0123456789abcdef0"]) == {web}


def test_a_stopped_instance_says_why(ec2: "EC2Client", image: str) -> None:
    web = run(ec2, image)
    instance.stop(ec2, [web])
    (seen,) = instance.find(ec2, states=["stopped"])
    assert seen.state_reason == "Client.UserInitiatedShutdown: User initiated shutdown"


def test_stop_and_start_answer_the_state_each_instance_went_into(ec2: "EC2Client", image: str) -> None:
    web, db = run(ec2, image), run(ec2, image)
    stopping = instance.stop(ec2, [web, db])
    assert stopping.states == {web: "stopping", db: "stopping"}
    assert stopping.request_id
    assert instance.start(ec2, [web]).states == {web: "pending"}
    assert found(ec2, states=["running"]) == {web}


def test_starting_what_does_not_exist_names_it(ec2: "EC2Client", image: str) -> None:
    web = run(ec2, image)
    with pytest.raises(NotFound) as caught:
        instance.start(ec2, [web, "i-0123456789abcdef0"])
    assert caught.value.ids == ("i-0123456789abcdef0",)


def test_statuses_are_read_of_stopped_instances_too_and_leave_out_the_unknown(
    ec2: "EC2Client", image: str
) -> None:
    web, db = run(ec2, image), run(ec2, image)
    instance.stop(ec2, [db])
    seen = instance.statuses(ec2, [web, "i-0123456789abcdef0", db])
    assert seen[web] == instance.Status("running", "ok", "ok")
    assert seen[db].state == "stopped"
    assert set(seen) == {web, db}
