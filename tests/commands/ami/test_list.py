from tests.commands.ami.album import Album
from tests.commands.desk import Desk


def test_the_newest_comes_first_with_its_instance_its_age_and_what_would_launch_it(
    desk: Desk, album: Album
) -> None:
    old, hand = album.add(0), album.add(1, ours=False)
    album.template(old)
    (runs,) = (
        one["InstanceId"]
        for one in desk.ec2().run_instances(ImageId=old, MinCount=1, MaxCount=1)["Instances"]
    )
    plan = desk.plan("/ami list")
    assert plan.table is not None
    rows = [(row[0], *row[2:5], row[6], row[7]) for row in plan.table.rows]
    assert rows == [
        (hand, "available", "", "18d", "", ""),
        (old, "available", album.instance, "19d", f"web v1, {runs}", "toban #7"),
    ]
    assert str(plan.summary) == "2 images"


def test_a_disabled_image_is_seen_and_an_instance_narrows_the_list(desk: Desk, album: Album) -> None:
    image = album.add(0)
    album.add(1, ours=False)
    desk.ec2().disable_image(ImageId=image)
    plan = desk.plan(f"/ami list {album.instance}")
    assert plan.table is not None
    assert [(row[0], row[2]) for row in plan.table.rows] == [(image, "disabled")]
