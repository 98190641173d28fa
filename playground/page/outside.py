"""What AWS and other people do by themselves, as entries of the menu let it happen."""

from playground.page.happening import Stands, World

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
    return lambda: group in world.aws.control.times.groups.starved


def session(world: World, instance: str) -> Stands:
    """Somebody opens a shell on the instance."""
    opened = world.aws.control.open_session(instance, WHO)
    return lambda: opened in world.aws.control.sessions.all()
