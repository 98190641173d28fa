"""Where a name's traffic goes now, and which of its records leads to the region that is meant."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aws import hosted_zone, record, route53
from aws.account import Place
from aws.hosted_zone import HostedZone
from aws.record import PRIMARY, Record
from aws.tags import Tags
from bot.arguments import UsageError
from bot.command import World
from bot.plan import Fields, Resource, Unread
from bot.words import words
from commands.changes import traffic
from commands.reading import everywhere

READS = (
    "route53:ListHostedZonesByName",
    "route53:ListResourceRecordSets",
    "route53:ListTagsForResource",
)
_REGION = re.compile(r"(?<![a-z0-9])[a-z]{2}(?:-[a-z]+)+-[1-9](?![0-9])")
ADDRESSES = frozenset({"A", "AAAA", "CNAME"})
"""The types of records by which a name leads somewhere."""


@dataclass(frozen=True, slots=True)
class Route:
    """The records of a name whose weights or roles say where its traffic goes."""

    account: str
    zone: HostedZone
    tags: Tags  # of the zone: records have none
    name: str
    records: tuple[Record, ...]
    to: tuple[Record, ...]  # those that lead where the traffic shall go: one of each type
    fixed: tuple[Record, ...]  # records of the same name that nobody can shift
    unread: tuple[Unread, ...] = ()  # accounts in which nobody could look for more of them

    @property
    def now(self) -> Fields:
        """The weight or the role of each record."""
        return traffic.shown(self.records)

    @property
    def targets(self) -> frozenset[str]:
        """The names of `to` among the fields."""
        return frozenset(map(traffic.named, self.to))

    @property
    def swaps(self) -> bool:
        """Whether two records swap their roles, which goes at once or not at all."""
        return self.records[0].policy == record.FAILOVER

    @property
    def home(self) -> tuple[Record, ...]:
        """What leads elsewhere and gets something now."""
        return tuple(
            one for one in self.records if one not in self.to and (one.weight or one.failover == PRIMARY)
        )

    @property
    def ttl(self) -> int:
        """Seconds for which the longest of the answers may be kept."""
        return max(one.ttl for one in self.records)

    @property
    def resource(self) -> Resource:
        """The name as a step's target."""
        place = route53.place(self.account)
        return Resource(self.account, place.region, "record", self.name, self.tags.name, self.tags.pairs)


def find(world: World, name: str, to: str, accounts: Sequence[str]) -> Route:
    """The route of a name.  Raises UsageError when nothing of it can be shifted, or not to there."""
    plain = name.removeprefix("https://").removeprefix("http://").partition("/")[0].rstrip(".").casefold()
    meant = dict.fromkeys(place.account for place in world.aws.places())
    meant = dict.fromkeys(one for one in meant if not accounts or one in accounts)
    found = everywhere(map(route53.place, meant), lambda place: _in_account(world, place, plain))
    if not found.items and found.unread:
        raise UsageError(words("{name} cannot be looked up: {why}", name=plain, why=found.unread[0].why))
    movable = [one for one in found.items if any(each.policy in traffic.MOVABLE for each in one[1][1])]
    public = [one for one in movable if not one[1][0].private]
    place, (zone, records) = _the_one(plain, public or movable, [one[1][1] for one in found])
    shiftable = tuple(one for one in records if one.policy in traffic.MOVABLE)
    fixed = tuple(one for one in records if one not in shiftable and one.type in ADDRESSES)
    _alike(plain, shiftable)
    tags = hosted_zone.tags(route53.client(world.aws, place.account), zone.id)
    leading = _leading(plain, shiftable, to)
    return Route(place.account, zone, tags, plain, shiftable, leading, fixed, found.unread)


def _in_account(world: World, place: Place, name: str) -> Iterator[tuple[HostedZone, tuple[Record, ...]]]:
    client = route53.client(world.aws, place.account)
    for zone in hosted_zone.of_name(client, name):
        if records := record.of_name(client, zone.id, name):
            yield zone, records


def _the_one(
    name: str,
    found: Sequence[tuple[Place, tuple[HostedZone, tuple[Record, ...]]]],
    every: Sequence[tuple[Record, ...]],
) -> tuple[Place, tuple[HostedZone, tuple[Record, ...]]]:
    if len(found) == 1:
        return found[0]
    if found:
        zones = ", ".join(f"{zone.id} ({place.account})" for place, (zone, _) in found)
        raise UsageError(
            words("{name} is in several hosted zones: {zones}. Say --account.", name=name, zones=zones)
        )
    policies = ", ".join(sorted({one.policy for records in every for one in records}))
    if policies:
        raise UsageError(
            words(
                "{name} has no weighted or failover records, by which traffic can be shifted; its records"
                " are: {policies}.",
                name=name,
                policies=policies,
            )
        )
    raise UsageError(words("{name} is in no hosted zone that toban looks after.", name=name))


def _alike(name: str, records: Sequence[Record]) -> None:
    if len({one.policy for one in records}) > 1:
        raise UsageError(
            words("{name} has weighted records and failover records; toban shifts only one kind.", name=name)
        )


def _leading(name: str, records: Sequence[Record], to: str) -> tuple[Record, ...]:
    """The records that lead there: by identifier, or else by region."""
    meant = [one for one in records if one.id.casefold() == to.casefold()]
    meant = meant or [one for one in records if region_of(one) == to.casefold()]
    for kind in dict.fromkeys(one.type for one in records):
        of_kind = [one for one in meant if one.type == kind]
        if len(of_kind) != 1:
            raise UsageError(
                words(
                    "Of the {type} records of {name} {count} lead to {to}, and it has to be one: say the"
                    " identifier of {known}.",
                    type=kind,
                    name=name,
                    count=len(of_kind),
                    to=to,
                    known=", ".join(one.id for one in records if one.type == kind),
                )
            )
    return tuple(meant)


def region_of(one: Record) -> str:
    """The region that a record leads to, as what it answers or its identifier says; "" when neither does."""
    for said in (*one.values, one.id.casefold()):
        if found := _REGION.search(said):
            return found[0]
    return ""
