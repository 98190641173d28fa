import pytest

from bot.arguments import UsageError
from bot.operation import StepState
from bot.plan import Step
from playground.aws.faults import Fault, Kind
from tests.commands.ami.album import Album
from tests.commands.desk import Desk, left


def launch(step: Step) -> dict[str, str]:
    return dict(step.inputs)


def instance(desk: Desk, key: str) -> dict[str, object]:
    (found,) = desk.ec2().describe_instances(InstanceIds=[key])["Reservations"]
    (one,) = found["Instances"]
    return dict(one)


def test_it_is_like_the_instance_the_image_was_made_of(desk: Desk, album: Album) -> None:
    model, image = instance(desk, album.instance), album.add(0)
    (row,) = desk.carry_out(f"/ami restore {image}")
    assert row.state is StepState.DONE
    assert str(row.reason) == f"{row.result} runs; system check ok, instance check ok"
    made = instance(desk, row.result)
    assert [made[key] for key in ("ImageId", "InstanceType", "SubnetId")] == [
        image, model["InstanceType"], model["SubnetId"]
    ]  # fmt: skip
    tags = {tag["Key"]: tag["Value"] for tag in made["Tags"]}  # type: ignore[attr-defined]  # boto3's dict
    assert (tags["Name"], tags["Backup"], tags["toban:operation"]) == ("web-1", "nightly", "1")


def test_one_that_is_gone_comes_back_as_what_it_was_launched(desk: Desk, album: Album) -> None:
    """Its settings are a tag of the image: when a backup is needed, the instance may not be there."""
    model = instance(desk, album.instance)
    (made,) = desk.carry_out(f"/ami create {album.instance}")
    desk.ec2().terminate_instances(InstanceIds=[album.instance])
    (step,) = desk.plan(f"/ami restore {made.result}").steps
    assert (launch(step)["type"], launch(step)["subnet"]) == (model["InstanceType"], model["SubnetId"])


def test_the_line_goes_before_the_model(desk: Desk, album: Album) -> None:
    image = album.add(0)
    (step,) = desk.plan(f"/ami restore {image} --type m7i.large --subnet subnet-0123456789abcdef0").steps
    assert (launch(step)["type"], launch(step)["subnet"]) == ("m7i.large", "subnet-0123456789abcdef0")


def test_without_any_model_it_asks_for_one(desk: Desk, album: Album) -> None:
    image = album.add(0, ours=False)
    with pytest.raises(UsageError, match="name a model by --like, or a type by --type"):
        desk.plan(f"/ami restore {image}")
    (step,) = desk.plan(f"/ami restore {image} --like {album.instance}").steps
    assert launch(step)["type"]


def test_slow_first_reads_are_told_with_their_length(desk: Desk, album: Album) -> None:
    (step,) = desk.plan(f"/ami restore {album.add(0)}").steps
    assert "the first read of each block is slow: reading all 8 GiB once takes about 0:01:00" in str(
        step.warnings[0]
    )


def test_a_cut_answer_makes_no_second_instance(desk: Desk, album: Album) -> None:
    image = album.add(0)
    desk.local.control.order(Fault(Kind.CUT_AFTER, action="RunInstances", times=1))
    (row,) = desk.carry_out(f"/ami restore {image}")
    assert row.state is StepState.DONE
    wanted = [{"Name": "image-id", "Values": [image]}]
    assert len(desk.ec2().describe_instances(Filters=wanted)["Reservations"]) == 1


def test_a_disabled_one_is_left(desk: Desk, album: Album) -> None:
    image = album.add(0)
    desk.ec2().disable_image(ImageId=image)
    assert left(desk.plan(f"/ami restore {image}")) == {image: "it is disabled"}
