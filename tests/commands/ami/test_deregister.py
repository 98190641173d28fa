import pytest

from bot.arguments import UsageError
from bot.command import Sent, Sight
from bot.operation import State, StepState
from commands.changes import deregister_image
from tests.commands.ami.album import Album
from tests.commands.desk import DEV_ID, TOKYO, Desk, left


def warnings(desk: Desk, line: str) -> list[str]:
    (step,) = desk.plan(line).steps
    return [str(one) for one in step.warnings]


def test_it_goes_with_its_snapshots_after_somebody_agreed(desk: Desk, album: Album) -> None:
    image, kept = album.add(0), album.add(1)
    number = desk.house.asked(f"/ami deregister {image}")
    assert desk.house.operation(number).state is State.WAITING
    desk.house.click(number, "U0SUZUKI")
    desk.house.work(passing=10, turns=3)
    (row,) = desk.house.steps(number)
    assert row.state is StepState.DONE
    assert set(album.there()) == {kept}
    assert set(album.snapshots()) == set(album.held(kept))


def test_the_last_good_generation_is_called_so(desk: Desk, album: Album) -> None:
    image = album.add(0)
    said = f"it is the last good generation of {album.instance} here"
    assert said in warnings(desk, f"/ami deregister {image}")
    album.add(1)
    assert said not in warnings(desk, f"/ami deregister {image}")


def test_any_version_of_a_launch_template_keeps_it(desk: Desk, album: Album) -> None:
    """Not only the latest and the default: a group may name each."""
    image, newer = album.add(0), album.add(1)
    album.template(newer, image, newer)
    assert left(desk.plan(f"/ami deregister {image}")) == {image: "launch template web v2 uses it"}


def test_a_launch_configuration_keeps_it(desk: Desk, album: Album) -> None:
    image = album.add(0)
    groups = desk.local.client("autoscaling", account=DEV_ID, region=TOKYO)
    groups.create_launch_configuration(
        LaunchConfigurationName="web-2026", ImageId=image, InstanceType="t3.micro"
    )
    assert left(desk.plan(f"/ami deregister {image}")) == {image: "launch configuration web-2026 uses it"}


def test_an_instance_that_runs_from_it_is_only_reported(desk: Desk, album: Album) -> None:
    image = album.add(0)
    (made,) = desk.ec2().run_instances(ImageId=image, MinCount=1, MaxCount=1)["Instances"]
    said = f"1 instance was launched from it, and goes on: {made['InstanceId']}"
    assert said in warnings(desk, f"/ami deregister {image}")


def test_a_disabled_one_can_go(desk: Desk, album: Album) -> None:
    image = album.add(0)
    desk.ec2().disable_image(ImageId=image)
    (row,) = desk.carry_out(f"/ami deregister {image}")
    assert row.state is StepState.DONE


def test_snapshots_that_are_still_there_are_waited_for_by_name(desk: Desk, album: Album) -> None:
    """EC2 answers yes even when it could not delete them."""
    image = album.add(0)
    (held,) = album.held(image)
    (step,) = desk.plan(f"/ami deregister {image}").steps
    desk.ec2().deregister_image(ImageId=image)
    world = desk.house.path.observer()
    seen = deregister_image.watch(world, step.target.place, [Sent(step, "")])[step.key]
    assert (seen.sight, str(seen.shows)) == (
        Sight.COMING,
        f"it is deregistered, but {held} is still there",
    )


def test_only_ids_name_what_goes(desk: Desk, album: Album) -> None:
    with pytest.raises(UsageError, match="by their ids"):
        desk.plan("/ami deregister all")
