"""What still needs an image, and which of its snapshots other images need."""

from collections.abc import Mapping, Sequence

from aws import autoscaling_image, image, launch_template
from aws.account import Place
from bot.command import World
from bot.words import Words, words

READS = (
    "autoscaling:DescribeAutoScalingGroups",
    "autoscaling:DescribeLaunchConfigurations",
    "ec2:DescribeImages",
    "ec2:DescribeLaunchTemplates",
    "ec2:DescribeLaunchTemplateVersions",
    "ssm:GetParameters",  # an image that a template names by a parameter
)
"""What finding an image's users needs."""


def users_of(world: World, place: Place, ids: Sequence[str]) -> dict[str, Words]:
    """What would still launch these images, in words; one that nothing would is not in it.

    Raises AwsError.
    """
    holders = holders_of(world, place, ids)
    said: dict[str, Words] = {}
    for one, (templates, configurations, groups) in holders.items():
        if templates:
            said[one] = words("launch template {names} uses it", names=", ".join(templates))
        elif configurations:
            said[one] = words("launch configuration {names} uses it", names=", ".join(configurations))
        else:
            said[one] = words("Auto Scaling group {names} uses it", names=", ".join(groups))
    return said


Names = tuple[str, ...]


def holders_of(world: World, place: Place, ids: Sequence[str]) -> dict[str, tuple[Names, Names, Names]]:
    """The launch templates, launch configurations and groups that would launch each of these images.

    One that nothing would launch is not in it.  Raises AwsError.
    """
    if not ids:
        return {}
    asked, groups = set(ids), world.aws.autoscaling(place)
    templates = launch_template.users_of(world.aws.ec2(place), asked)
    configurations = autoscaling_image.configurations_of(groups, asked)
    overrides = autoscaling_image.overrides_of(groups, asked)
    return {
        one: (templates.get(one, ()), configurations.get(one, ()), overrides.get(one, ()))
        for one in ids
        if one in templates or one in configurations or one in overrides
    }


def shared_by(world: World, place: Place, held: Mapping[str, Sequence[str]]) -> dict[str, tuple[Words, ...]]:
    """A sentence for each snapshot of an image that another image stands on: EC2 leaves it there."""
    every = sorted({one for snapshots in held.values() for one in snapshots})
    standing = image.users_of(world.aws.ec2(place), every)
    shared: dict[str, tuple[Words, ...]] = {}
    for image_id, snapshots in held.items():
        for one in snapshots:
            others = [other for other in standing.get(one, ()) if other != image_id]
            if others:
                stays = words("{id} stays: {images} uses it", id=one, images=", ".join(others))
                shared[image_id] = (*shared.get(image_id, ()), stays)
    return shared
