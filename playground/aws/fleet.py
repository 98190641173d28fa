"""The servers of the made-up company the playground runs: a shop on the web, from Tokyo."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

PRODUCTION = "111111111111"
DEVELOPMENT = "222222222222"
TOKYO = "ap-northeast-1"
VIRGINIA = "us-east-1"
ZONES = {
    TOKYO: ("ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"),
    VIRGINIA: ("us-east-1a", "us-east-1b"),
}


@dataclass(frozen=True, slots=True)
class Disk:
    """An EBS volume to make."""

    size: int  # GiB
    type: str = "gp3"
    encrypted: bool = False
    own_key: bool = False  # encrypted with the account's own key, not with AWS's


@dataclass(frozen=True, slots=True)
class Kind:
    """Servers that are alike: `count` of them, named `<name>-01` and so on."""

    name: str
    count: int
    account: str
    region: str
    env: str  # "" for servers nobody tagged
    service: str
    type: str
    disks: tuple[Disk, ...] = (Disk(30),)
    backup: str = "none"  # the Backup tag; "nightly" ones have a history of snapshots
    disk_backup: str = ""  # the Backup tag of the volumes, where it differs
    state: str = "running"
    nights: int = 8  # of history, of the first server; each further one has a night more
    hours: str = ""  # the toban:hours tag
    is_public: bool = False  # with a public address that a stop takes away
    is_spot: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """One server to make, on its zone."""

    name: str
    kind: Kind
    zone: str
    nights: int  # of history, if it is backed up

    @property
    def is_backed_up(self) -> bool:
        """Whether toban has made a snapshot of each of its volumes every night."""
        return self.kind.backup == "nightly" and "toban:exclude" not in WISHES.get(self.name, {})


OFFICE = "office-tokyo"  # the calendar that most of development keeps
EBS_KEY = "5a1ad000-0000-4000-8000-0000000000eb"  # the AWS managed key aws/ebs of every place
OWN_KEY = "c1a5a9a0-0000-4000-8000-0000000000d1"  # each place's own key for its disks

_ROOT, _SAFE = Disk(30), Disk(30, encrypted=True)
_DATA = Disk(500, encrypted=True)
_PAIR = (_SAFE, Disk(100, encrypted=True))
_OWN = Disk(30, encrypted=True, own_key=True)
_HUGE = (_ROOT, Disk(2000, "gp2"))

KINDS = (
    Kind("web", 4, PRODUCTION, TOKYO, "production", "web", "m7i.large", (_ROOT,), "nightly"),
    Kind("api", 4, PRODUCTION, TOKYO, "production", "api", "c7i.xlarge", (_ROOT,), "nightly"),
    Kind("batch", 2, PRODUCTION, TOKYO, "production", "batch", "c7i.2xlarge", (_ROOT, Disk(200)), "nightly"),
    Kind("bastion", 1, PRODUCTION, TOKYO, "production", "bastion", "t3.micro", (Disk(8),),
         is_public=True),
    Kind("db", 2, PRODUCTION, TOKYO, "production", "db", "r7i.2xlarge", (_SAFE, _DATA), "nightly", nights=12),
    Kind("search", 2, PRODUCTION, TOKYO, "production", "search", "r7i.large", (_ROOT, Disk(300)), "nightly",
         nights=13),
    Kind("us-web", 2, PRODUCTION, VIRGINIA, "production", "web", "m7i.large", (_ROOT,), "nightly"),
    Kind("us-api", 1, PRODUCTION, VIRGINIA, "production", "api", "c7i.large", (_ROOT,)),
    Kind("us-db", 1, PRODUCTION, VIRGINIA, "production", "db", "r7i.xlarge", (_SAFE, _DATA), "nightly",
         nights=14),
    Kind("stg-web", 2, PRODUCTION, TOKYO, "staging", "web", "t3.large"),
    Kind("stg-api", 1, PRODUCTION, TOKYO, "staging", "api", "t3.large"),
    Kind("stg-batch", 1, PRODUCTION, TOKYO, "staging", "batch", "t3.large", (_OWN,), state="stopped"),
    Kind("stg-db", 1, PRODUCTION, TOKYO, "staging", "db", "r7i.large", _PAIR, "nightly"),
    Kind("dev-web", 3, DEVELOPMENT, TOKYO, "dev", "web", "t3.medium", hours=OFFICE),
    Kind("dev-api", 3, DEVELOPMENT, TOKYO, "dev", "api", "t3.medium", hours=OFFICE),
    Kind("dev-batch", 2, DEVELOPMENT, TOKYO, "dev", "batch", "t3.large", (_OWN,), state="stopped"),
    Kind("dev-db", 2, DEVELOPMENT, TOKYO, "dev", "db", "t3.large", _PAIR, "nightly", disk_backup="daily",
         hours=OFFICE),
    Kind("dev-bastion", 1, DEVELOPMENT, TOKYO, "dev", "bastion", "t3.micro", (Disk(8),), hours=OFFICE),
    Kind("dev-search", 1, DEVELOPMENT, TOKYO, "dev", "search", "t3.large", hours="none"),
    Kind("sandbox", 2, DEVELOPMENT, VIRGINIA, "dev", "sandbox", "t3.medium", hours="office-osaka"),
    Kind("tmp-migration", 1, DEVELOPMENT, TOKYO, "dev", "migration", "m5.4xlarge", _HUGE, state="stopped"),
    Kind("poc-kafka", 1, DEVELOPMENT, TOKYO, "", "", "m5.xlarge", (Disk(100, "gp2"),)),
    Kind("jump", 1, PRODUCTION, TOKYO, "production", "bastion", "t3.micro", (Disk(8),), state="stopped",
         is_public=True),
    Kind("cache", 1, PRODUCTION, TOKYO, "production", "cache", "m5d.large"),
    Kind("spot-api", 1, PRODUCTION, TOKYO, "production", "api", "c7i.large", is_spot=True),
)  # fmt: skip

WISHES: Mapping[str, Mapping[str, str]] = {
    "db-01": {"toban:copy-to": VIRGINIA},
    "db-02": {"toban:copy-to": VIRGINIA},
    "search-01": {"toban:keep": "14"},
    "batch-02": {"toban:exclude": "true"},  # it holds nothing that cannot be computed again
    "spot-api-01": {"toban:logs": "true"},  # to be kept when EC2 takes the instance away
}
"""What people wrote on single servers, and their volumes, about their backup."""

ELASTIC = "us-api-01"  # the server with an Elastic IP


def planned() -> Iterator[Planned]:
    """Yield every server in order, spread over the zones of its region."""
    for kind in KINDS:
        zones = ZONES[kind.region]
        for number in range(kind.count):
            yield Planned(
                f"{kind.name}-{number + 1:02}", kind, zones[number % len(zones)], kind.nights + number
            )
