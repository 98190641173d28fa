"""What AWS and other people do by themselves, as entries of the menu let it happen."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playground.aws import measured, rolled_out, saying
from playground.aws.fleet import DEVELOPMENT, PRODUCTION, TOKYO
from playground.page.happening import Stands, World

FAILOVER_SECONDS = 15
AHEAD = timedelta(days=3)  # that AWS tells of what it has scheduled
WHO = "tanaka"  # has a shell open


def kms(world: World, instance: str) -> Stands:
    """No start of the instance succeeds."""
    world.aws.control.refuse_start_by_kms(instance)
    return lambda: instance in world.aws.control.instances.refused_by_kms


def no_capacity(world: World, instance: str) -> Stands:
    """Its zone has no machine for the instance."""
    number = world.aws.control.no_capacity(instance)
    return lambda: world.aws.control.stands(number)


def impaired(world: World, instance: str) -> Stands:
    """The instance's checks fail."""
    world.aws.control.impair(instance)
    return lambda: instance in world.aws.control.instances.impaired


def spot_notice(world: World, instance: str) -> Stands:
    """EC2 takes a spot instance away in two minutes."""
    world.aws.control.give_spot_notice(instance)
    told(world, instance, lambda account, at: saying.spot_warning(account, instance, at))
    return lambda: world.aws.control.spot.stands(instance)


def database_restarts(world: World, chosen: str) -> Stands:
    """AWS starts a stopped database; it stands until somebody stops it again."""
    account, region, name = chosen.split("/")
    world.aws.control.restart_database(name, account, region)
    databases = world.aws.backend("rds", account, region).databases
    return lambda: name in databases and databases[name].status not in {"stopping", "stopped"}


def starved(world: World, group: str) -> Stands:
    """EC2 has no machine for an Auto Scaling group."""
    world.aws.control.starve_group(group)
    saying.say(world.aws, PRODUCTION, saying.launch_failed(PRODUCTION, group, now(world)))
    return lambda: group in world.aws.control.times.groups.starved


def session(world: World, instance: str) -> Stands:
    """Somebody opens a shell on the instance."""
    opened = world.aws.control.open_session(instance, WHO)
    return lambda: opened in world.aws.control.sessions.all()


def cpu_alarm(world: World, instance: str) -> Stands:
    """An alarm on the instance rings, some minutes after a deployment."""

    def rings(account: str, at: datetime) -> saying.Event:
        measured.load(world.aws, account, instance, at)
        rolled_out.by_codedeploy(world.aws, account, at)
        return saying.cpu_alarm(account, instance, instance, at, "ALARM")

    told(world, instance, rings)
    return over


def cpu_recovers(world: World, instance: str) -> Stands:
    """The alarm on the instance is over."""
    told(world, instance, lambda account, at: saying.cpu_alarm(account, instance, instance, at, "OK"))
    return over


def storm(world: World, _: str) -> Stands:
    """Two hundred alarms ring within a moment, as when a zone fails."""
    at = now(world)
    saying.say(
        world.aws,
        PRODUCTION,
        *(saying.cpu_alarm(PRODUCTION, f"i-{n:017x}", f"worker-{n:03}", at, "ALARM") for n in range(1, 201)),
    )
    return over


def abuse(world: World, instance: str) -> Stands:
    """AWS Health says that the instance attacks somebody."""

    def reports(account: str, at: datetime) -> saying.Event:
        measured.traffic(world.aws, account, instance, at)
        return saying.abuse(account, instance, at)

    told(world, instance, reports)
    return over


def retirement(world: World, instance: str) -> Stands:
    """AWS Health says that the instance's host goes in three days."""
    told(world, instance, lambda account, at: saying.retirement(account, instance, at, at + AHEAD))
    return over


def failover(world: World, chosen: str) -> Stands:
    """A database fails over to its standby; a quarter of a minute later it has."""
    account, _region, name = chosen.split("/")
    begun = now(world)
    over = begun + timedelta(seconds=FAILOVER_SECONDS)
    saying.say(world.aws, account, saying.database_failover(account, name, begun, completed=False))
    completed = saying.database_failover(account, name, over, completed=True)
    saying.say(world.aws, account, completed, delay=FAILOVER_SECONDS)
    return lambda: now(world) < over


def told(world: World, instance: str, event: Callable[[str, datetime], saying.Event]) -> None:
    """Have AWS say it in the account of the instance."""
    account = next(
        (one for one in (PRODUCTION, DEVELOPMENT) if is_of(world, one, instance)),
        PRODUCTION,
    )
    saying.say(world.aws, account, event(account, now(world)))


def now(world: World) -> datetime:
    """The local AWS's time."""
    return datetime.now(UTC) + timedelta(seconds=world.aws.control.clock.ahead)


def is_of(world: World, account: str, instance: str) -> bool:
    """Whether an instance is of an account."""
    there = world.aws.backend("ec2", account, TOKYO).all_instances()
    return any(one.id == instance for one in there)


def over() -> bool:
    """It was said, and that is all."""
    return False
