"""What RDS's event ids mean: which begin a trouble of a database, which end it, and which only tell.

Source: "Amazon RDS event categories and event messages" (RDS user guide, and Aurora user guide).  An id that
is not here means what its category says.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.trouble import Phase, Severity

B, G, E, T = Phase.BEGINS, Phase.GOES_ON, Phase.ENDS, Phase.TELLS
CRITICAL, WARNING, INFO = Severity.CRITICAL, Severity.WARNING, Severity.INFO


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an event says of a database."""

    about: str  # what may be wrong with it; with the database it is what the trouble is about
    phase: Phase
    severity: Severity


def _of(about: str, phase: Phase, severity: Severity, *numbers: str) -> dict[str, Meaning]:
    return {f"RDS-EVENT-{number}": Meaning(about, phase, severity) for number in numbers}


KNOWN: Mapping[str, Meaning] = {
    **_of("failover", B, CRITICAL, "0013", "0050", "0072", "0073", "0181"),
    **_of("failover", G, CRITICAL, "0069", "0070", "0186", "0187", "0239"),
    **_of("failover", E, CRITICAL, "0015", "0049", "0051", "0065", "0071", "0185", "0238"),
    **_of("availability", B, WARNING, "0004"),
    **_of("availability", B, CRITICAL, "0022"),
    **_of("availability", E, WARNING, "0006", "0087", "0088"),  # a stop that was wanted ends it, too
    **_of("storage", B, CRITICAL, "0007", "0221", "0222", "0227", "0330"),
    **_of("storage", B, WARNING, "0089", "0223", "0224", "0225"),
    **_of("storage", E, WARNING, "0017", "0218"),
    **_of("key", B, CRITICAL, "0418", "0419"),
    **_of("key", E, CRITICAL, "0420"),
    **_of("replication", B, WARNING, "0045", "0057"),
    **_of("replication", E, WARNING, "0046"),
    **_of("recovery", B, CRITICAL, "0020", "0052", "0361"),
    **_of("recovery", E, CRITICAL, "0021", "0053", "0362"),
    **_of("maintenance", B, WARNING, "0026"),
    **_of("maintenance", E, WARNING, "0027"),
    **_of("backup", B, WARNING, "0086"),
    **_of("backup", E, WARNING, "0002", "0042", "0075", "0091", "0169"),
    **_of("failure", T, CRITICAL, "0031", "0035", "0036"),
    **_of("started by itself", T, WARNING, "0153", "0154"),
    **_of("memory", T, WARNING, "0403", "0404"),
}
_BY_CATEGORY: Mapping[str, Meaning] = {  # the first that an event has
    "failure": Meaning("failure", T, WARNING),
    "failover": Meaning("failover", G, WARNING),
    "global failover": Meaning("failover", G, WARNING),
    "low storage": Meaning("storage", B, WARNING),
}


def meaning(event_id: str, categories: Collection[str]) -> Meaning:
    """What an event means."""
    if event_id in KNOWN:
        return KNOWN[event_id]
    found = (meant for name, meant in _BY_CATEGORY.items() if name in categories)
    return next(found, Meaning(next(iter(categories), "notification"), T, INFO))
