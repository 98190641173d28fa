"""What the verbs of /ec2 share: what they are told, and looking at instances again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aws import instance
from aws.account import Place
from bot.arguments import Kind, arg, emergency_arg
from bot.command import World
from bot.plan import Fields, Step
from bot.targets import Targets
from bot.words import words
from commands.reading import accounts_arg, fields, regions_arg

GROUP_TAG = "aws:autoscaling:groupName"  # "Tag Auto Scaling groups and instances", EC2 Auto Scaling guide


@dataclass(frozen=True, slots=True)
class Args:
    """What the verbs that change instances are told."""

    targets: Targets = arg(
        Kind.TARGETS, words("which instances"), option=False, required=True, prefixes=("i-",)
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """The state of each step's instance now."""
    found = instance.find(world.aws.ec2(place), ids=[step.target.id for step in steps])
    states = {one.id: one.state for one in found}
    return {step.key: fields(state=states[step.target.id]) for step in steps if step.target.id in states}
