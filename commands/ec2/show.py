"""Show one EC2 instance: its state and why, what it is made of, what it loses at a stop, what is planned."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aws import instance, instance_attribute, instance_type, session_manager, target_group, volume
from aws.account import Place
from aws.instance import Instance
from aws.instance_type import InstanceType
from aws.target_group import Target
from bot.arguments import Kind, UsageError, arg
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.targets import Targets
from bot.words import Words, words
from commands import instances
from commands.changes.instance_state import GROUP_TAG
from commands.ec2 import _facts
from commands.ec2._extra import Extra
from commands.power import overrides
from commands.power.standing import standing as standing_of
from commands.reading import accounts_arg, regions_arg


@dataclass(frozen=True, slots=True)
class Args:
    """What /ec2 show is told."""

    targets: Targets = arg(
        Kind.TARGETS, words("which instance"), option=False, required=True, prefixes=("i-",)
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()


def plan(args: Args, world: World) -> Plan:
    """Everything worth knowing of one instance; nothing changes."""
    found = instances.find(world, args.targets, args.account, args.region)
    if not found.items:
        return Plan(words("nobody could look where it might be"), unread=found.unread)
    if len(found) > 1:
        raise UsageError(words("This shows one instance, and {n} fit; `/ec2 list` shows many.", n=len(found)))
    ((place, one),) = found.items
    extra = Extra(place.account)
    checks = extra.look(lambda: instance.statuses(world.aws.ec2(place), [one.id]).get(one.id), None, _blind)
    facts = tuple(_said(world, place, one, extra))
    summary = _facts.headline(one, place.account, checks)
    return Plan(summary, unread=found.unread, notes=(*facts, *dict.fromkeys(extra.notes)))


def _said(world: World, place: Place, one: Instance, extra: Extra) -> Iterator[Words]:
    ec2 = world.aws.ec2(place)
    yield from _facts.since(one)
    yield from _standing(world, place, one)
    types = extra.look(lambda: instance_type.find(ec2, {one.type}), dict[str, InstanceType](), _blind)
    yield from _facts.made_of(one, types.get(one.type))
    yield from _facts.addresses(one)
    disks = extra.look(lambda: list(volume.find(ec2, instance_ids=[one.id])), list[volume.Volume](), _blind)
    yield from _facts.volumes(disks, one.root_volume_id)
    if group := one.tags.get(GROUP_TAG, ""):
        yield words("Auto Scaling group: {group}", group=group)
    yield from _facts.healths(
        extra.look(lambda: _healths(world, place, one), dict[str, Sequence[Target]](), _blind)
    )
    yield from _facts.protections(
        stop=extra.look(lambda: instance_attribute.stop_protected(ec2, one.id), False, _blind),  # noqa: FBT003 - unseen
        termination=extra.look(lambda: instance_attribute.termination_protected(ec2, one.id), False, _blind),  # noqa: FBT003 - unseen
    )
    yield from extra.look(lambda: _sessions(world, place, one), list[Words](), _blind)
    yield from _last_change(world, place, one)


def _healths(world: World, place: Place, one: Instance) -> dict[str, Sequence[Target]]:
    elbv2 = world.aws.elbv2(place)
    groups = target_group.groups_of(elbv2, {one.id}, {one.vpc_id}).get(one.id, ())
    return {
        group.name: [target for target in target_group.targets(elbv2, group.arn) if target.id == one.id]
        for group in groups
    }


def _sessions(world: World, place: Place, one: Instance) -> list[Words]:
    return [
        words("{who} has had a session open on it since {when}", who=session.owner, when=session.since)
        for session in session_manager.active(world.aws.ssm(place))
        if session.instance_id == one.id and session.since is not None
    ]


def _standing(world: World, place: Place, one: Instance) -> Iterator[Words]:
    """What its office hours, or somebody, want of it."""
    held = overrides.by_resource(world.ledger.held(), world.now).get((place.account, place.region, one.id))
    if standing := standing_of(one.tags, world.hours, held, world.now):
        yield words("office hours: {standing}", standing=standing)


def _last_change(world: World, place: Place, one: Instance) -> Iterator[Words]:
    if last := world.ledger.last_change(place.account, place.region, one.id):
        yield words(
            "toban's last change: {action} at {when}, #{number}",
            action=last.action,
            when=last.when,
            number=str(last.number),
        )


def _blind(why: Words) -> Words:
    return words("not everything could be looked at: {why}", why=why)


VERB = Verb(
    noun="ec2",
    name="show",
    help=words("Show one EC2 instance: its state, what it is made of, and what is planned for it."),
    args=Args,
    risk=Risk.NONE,
    iam=(
        "ec2:DescribeInstanceAttribute",
        "ec2:DescribeInstanceStatus",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeInstances",
        "ec2:DescribeVolumes",
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth",
        "ssm:DescribeSessions",
    ),
    plan=plan,
    examples=("/ec2 show i-0123456789abcdef0", "/ec2 show name:bastion-01"),
)
