"""Cause: EC2 took a spot instance back, or has none to give at its price."""

from dataclasses import replace

from aws.spot import SpotRequest
from bot.words import words
from commands.diagnosis.facts import Facts
from commands.diagnosis.finding import Finding

_INTERRUPTED = (
    "SpotInstanceTermination",
    "SpotInstanceShutdown",
    "SpotInstanceStop",
    "SpotInstanceInterruption",
)
_CLOSED = {"cancelled", "closed", "failed", "disabled"}


def cause(facts: Facts) -> Finding | None:
    """Whether the spot market is why it does not run, or soon will not."""
    if facts.one.lifecycle != "spot":
        return None
    if not facts.is_down:
        return _noticed(facts.one.id, facts.spot)
    taken = facts.body.code.startswith("Server.Spot") or facts.code in _INTERRUPTED
    found = problem(facts.spot)
    if not taken and found is None:
        return None
    evidence = [words("EC2 says: {message}", message=facts.body.message)] if facts.body.message else []
    if facts.spot:
        evidence.append(
            words("its spot request is {state}: {code}", state=facts.spot.state, code=facts.spot.code)
        )
    if found is not None and not taken:
        return replace(found, evidence=tuple(evidence))
    return Finding(
        words("EC2 took this spot instance back"),
        words("wait until EC2 starts it again; or run it on demand, or spread over more types and zones"),
        tuple(evidence),
        short=facts.body.code,
    )


def _noticed(instance_id: str, request: SpotRequest | None) -> Finding | None:
    """One that still runs, but not for long ("Spot Instance interruption notices", EC2 user guide)."""
    if request is None or not request.code.startswith("marked-for-"):
        return None
    return Finding(
        words("EC2 takes this spot instance back within two minutes"),
        words("`/ec2 drain {id}` takes it out of its target groups and saves its logs", id=instance_id),
        (words("its spot request is {state}: {code}", state=request.state, code=request.code),),
        short=request.code,
    )


def problem(request: SpotRequest | None) -> Finding | None:
    """A request that is over starts nothing any more."""
    if request is None or request.state not in _CLOSED:
        return None
    return Finding(
        words("its spot request {request} is {state}", request=request.id, state=request.state),
        words("make a new spot request, or run it on demand from an image"),
        short=f"{request.id} {request.state}",
    )
