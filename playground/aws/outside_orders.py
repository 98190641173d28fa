"""Orders for what AWS and other people do by themselves: databases, spot instances, open sessions."""

from dataclasses import dataclass
from typing import Any

from moto.backends import get_backend

from playground.aws.bill_orders import BillOrders
from playground.aws.databases import DatabaseTimes, note
from playground.aws.fleet import TOKYO
from playground.aws.mailing import Account
from playground.aws.sessions import Session, Sessions
from playground.aws.spot import SpotNotices

TOO_LONG = "The DB instance is being started due to it exceeding the maximum allowed time being stopped."
"""What RDS notes when it starts a database after seven days (RDS-EVENT-0154)."""


@dataclass(slots=True)
class OutsideOrders(BillOrders):
    """What may be ordered to happen without toban."""

    @property
    def databases(self) -> DatabaseTimes:
        """The databases that are starting or stopping."""
        return self.times.databases

    @property
    def spot(self) -> SpotNotices:
        """The spot instances that EC2 has announced to take away."""
        return self.times.spot

    @property
    def sessions(self) -> Sessions:
        """The open Session Manager sessions."""
        return self.times.sessions

    def databases_take(self, start: float | None = 0.0, stop: float | None = 0.0) -> None:
        """Let databases take so long to start and to stop (None: until released)."""
        self.databases.start_takes, self.databases.stop_takes = start, stop

    def release_databases(self, *names: str) -> int:
        """Let databases arrive now, all or these; return how many did."""
        with self.lock:
            return self.databases.release(names)

    def restart_database(self, name: str, account: str, region: str = TOKYO) -> None:
        """Let AWS start a database that has been stopped for seven days.  Raises ValueError for others."""
        with self.lock:
            self.times.settle()
            database = get_backend("rds")[account][region].databases.get(name)
            if database is None or database.status != "stopped":
                raise ValueError(f"the database {name} is not stopped")
            note(database, TOO_LONG)
            self.databases.begin_start(database)

    def give_spot_notice(self, instance_id: str) -> None:
        """Announce that a spot instance is taken away.  Raises ValueError for any other."""
        with self.lock:
            self.spot.give(_spot(instance_id))

    def starve_group(self, name: str) -> None:
        """Let EC2 have no machine for an Auto Scaling group, from its next change on."""
        self.times.groups.starved.add(name)

    def feed_groups(self) -> None:
        """Let every group get what it wants."""
        with self.lock:
            hungry = set(self.times.groups.starved)
            self.times.groups.starved.clear()
            for regions in get_backend("autoscaling").values():
                for backend in regions.values():
                    for name in hungry & set(backend.autoscaling_groups):
                        group = backend.autoscaling_groups[name]
                        group.set_desired_capacity(group.desired_capacity)

    def mail_stands(
        self,
        account: str,
        region: str = TOKYO,
        *,
        sent: float = 0,
        quota: float = 50_000,
        enforcement: str = "HEALTHY",
        production: bool = True,
        enabled: bool = True,
    ) -> None:
        """Let an account stand so with SES; those of which nothing is said are in its sandbox."""
        with self.lock:
            self.times.mailing.of[account, region] = Account(quota, sent, enforcement, production, enabled)

    def open_session(self, instance_id: str, owner: str = "tanaka") -> Session:
        """Let somebody have a shell on an instance."""
        return self.sessions.open(instance_id, owner)


def _spot(instance_id: str) -> Any:
    for regions in get_backend("ec2").values():
        for backend in regions.values():
            found = backend.get_instance_by_id(instance_id)
            if found is not None and found.lifecycle == "spot":
                return found
    raise ValueError(f"{instance_id} is no spot instance")
