"""The metrics there are.  No label holds what somebody typed, and none a name of a resource or an account."""

import platform
from collections.abc import Iterator, Sequence
from datetime import datetime
from importlib.metadata import version

from bot.health.check import Facts, Finding, Stored
from bot.health.exposition import Family, Sample, gauge
from bot.health.tally import STEPS, Counted
from bot.operation import State


def families(facts: Facts, found: Sequence[Finding], counted: Counted) -> Iterator[Family]:
    """All of them; those of the database only when it answers."""
    build = {"version": version("toban"), "python": platform.python_version()}
    yield gauge("toban_build_info", "What runs.", 1, **build)
    yield gauge("toban_healthy", "1: all is well, as /healthz says.", all(one.well for one in found))
    checks = tuple[Sample, ...](("", {"check": one.check}, one.well) for one in found)
    yield Family("toban_check", "gauge", "1: this is well.", checks)
    yield from _sockets(facts)
    yield _acks(counted)
    yield _requests(counted)
    if isinstance(facts.stored, Stored):
        yield from _stored(facts.stored, facts.at)


def _sockets(facts: Facts) -> Iterator[Family]:
    each = [(str(number), one) for number, one in enumerate(facts.sockets, 1)]
    silent = tuple[Sample, ...](("", {"socket": number}, one.silent) for number, one in each)
    connected = tuple[Sample, ...](("", {"socket": number}, one.connected) for number, one in each)
    about = "Since anything came in from Slack."
    yield Family("toban_socket_silence_seconds", "gauge", about, silent)
    yield Family("toban_socket_connected", "gauge", "1: it looks connected.", connected)


def _acks(counted: Counted) -> Family:
    """Buckets are cumulative in this format."""
    within = [sum(counted.acks[: place + 1]) for place in range(len(counted.acks))]
    limits = [*(f"{step:g}" for step in STEPS), "+Inf"]
    buckets = [("_bucket", {"le": limit}, float(n)) for limit, n in zip(limits, within, strict=True)]
    whole: list[Sample] = [("_sum", {}, counted.ack_seconds), ("_count", {}, within[-1])]
    about = "From a delivery's arrival to its acknowledgement; Slack waits for 3 s."
    return Family("toban_ack_seconds", "histogram", about, (*buckets, *whole))


def _requests(counted: Counted) -> Family:
    samples = sorted(counted.requests.items(), key=lambda each: (each[0].service, each[0].call))
    about = "Requests to AWS, each attempt, by what became of them."
    return Family(
        "toban_aws_requests_total",
        "counter",
        about,
        tuple(
            ("", {"service": one.service, "call": one.call, "became": str(one.became)}, number)
            for one, number in samples
        ),
    )


def _stored(stored: Stored, at: datetime) -> Iterator[Family]:
    vitals = stored.vitals
    samples = tuple[Sample, ...](("", {"state": str(state)}, n) for state, n in vitals.open.items())
    yield Family("toban_operations", "gauge", "Operations that have not ended.", samples)
    pending = vitals.open.get(State.WAITING, 0)
    yield gauge("toban_approvals_pending", "Operations that wait for people.", pending)
    about = "Of the operation that waits longest for a worker."
    yield gauge("toban_queue_age_seconds", about, _age(vitals.due_since, at))
    about = "Of the message that waits longest for Slack."
    yield gauge("toban_outbox_age_seconds", about, _age(vitals.unsent_since, at))
    if stored.workers is not None:
        about = "That live, of all processes; each that works has two."
        yield gauge("toban_workers", about, stored.workers)
    yield gauge("toban_drills", "Failure tests that are under way.", vitals.drills)


def _age(since: datetime | None, at: datetime) -> float:
    return max((at - since).total_seconds(), 0.0) if since else 0.0
