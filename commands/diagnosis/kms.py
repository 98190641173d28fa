"""Cause: the key of an encrypted volume may not, or cannot, be used.

EC2 answers a start with 200, asks KMS for a grant in the caller's name, and when KMS refuses, the instance
falls back from pending to stopped ("Troubleshoot instance launch issues", EC2 user guide).  CloudTrail shows
the refusal some minutes later, so what decides here is EC2's reason and the rights as they are.
"""

from collections.abc import Sequence
from dataclasses import replace

from aws.kms import ENABLED
from aws.trail import Event
from bot.words import Words, words
from commands.diagnosis import statement
from commands.diagnosis.facts import Facts
from commands.diagnosis.finding import Finding
from commands.diagnosis.rights import KeyFacts, Right


def cause(facts: Facts) -> Finding | None:
    """Whether KMS is why this instance does not start."""
    if not facts.fell_back:
        return None
    for key in facts.keys:
        volumes = [one.id for one in facts.volumes if one.kms_key_id == key.arn]
        denials = [one for one in facts.denials if key.arn in one.record]
        found = problem(key, volumes) or _only_in_trail(key, denials)
        if found:
            return _with_evidence(found, facts, denials)
    return None


def problem(key: KeyFacts, volumes: Sequence[str]) -> Finding | None:
    """What keeps this caller from starting with volumes under this key; None when nothing is known to."""
    return _state(key, volumes) or _rights(key, volumes)


def _state(key: KeyFacts, volumes: Sequence[str]) -> Finding | None:
    if key.key is None or key.key.state == ENABLED:
        return None
    remedies = {
        "Disabled": words("enable the key in KMS"),
        "PendingDeletion": words("cancel the deletion of the key in KMS, then enable it, before it is gone"),
    }
    state = key.key.state
    return Finding(
        words(
            "the KMS key {key} of {volumes} is {state}", key=key.arn, volumes=", ".join(volumes), state=state
        ),
        remedies.get(state, words("bring the key back to the state Enabled in KMS")),
        short=f"{state} {key.arn}",
    )


def _rights(key: KeyFacts, volumes: Sequence[str]) -> Finding | None:
    missing = key.missing()
    if not missing or (key.key is not None and key.key.by_aws):
        return None
    actions = ", ".join(missing)
    what = words(
        "{caller} may not use the KMS key {key} of {volumes}: {actions} is not allowed",
        caller=key.caller,
        key=key.arn,
        volumes=", ".join(volumes),
        actions=actions,
    )
    remedy, json = _remedy(key, missing)
    short = f"{actions} {key.arn}"
    return Finding(what, remedy, (_who_says_no(missing),), short=short, statement=json)


def _who_says_no(missing: dict[str, Right]) -> Words:
    match next(iter(missing.values())):
        case Right.IAM_DENIES:
            return words("a policy of the caller denies it explicitly")
        case Right.ORGANIZATION:
            return words("a service control policy of the organisation does not allow it")
        case Right.KEY_DENIES:
            return words("the key's policy denies it explicitly")
        case Right.KEY_SILENT:
            return words("the key's policy neither names the caller nor leaves it to the account")
        case _:
            return words("IAM's simulation finds no policy of the caller that allows it")


def _remedy(key: KeyFacts, missing: dict[str, Right]) -> tuple[Words, str]:
    rights = set(missing.values())
    if rights & {Right.IAM_DENIES, Right.ORGANIZATION, Right.KEY_DENIES}:
        return words(
            "take away what denies it, or start it as somebody else: a further statement cannot help"
        ), ""
    if Right.KEY_SILENT in rights:
        said = words("add this statement to the policy of the key")
        return said, statement.for_key(key, missing)
    return words("add this statement to a policy of the caller"), statement.for_identity(key.arn, missing)


def _only_in_trail(key: KeyFacts, denials: Sequence[Event]) -> Finding | None:
    """What could not be simulated, CloudTrail may have seen."""
    refused = sorted({f"kms:{one.name}" for one in denials if one.code.startswith("AccessDenied")})
    if not refused:
        return None
    what = words("KMS refused {actions} on the key {key}", actions=", ".join(refused), key=key.arn)
    return Finding(
        what,
        words("add this statement to a policy of the caller, unless the key's policy has to name it too"),
        short=f"{', '.join(refused)} {key.arn}",
        statement=statement.for_identity(key.arn, refused),
    )


def _with_evidence(found: Finding, facts: Facts, denials: Sequence[Event]) -> Finding:
    reason = words("EC2 says: {message}", message=facts.body.message)
    if denials:
        newest = denials[0]
        trail = words(
            "CloudTrail: {name} by {caller} was refused at {at}: {message}",
            name=newest.name,
            caller=newest.who,
            at=newest.at,
            message=newest.message[:300],
        )
    else:
        trail = words("CloudTrail shows no refusal yet; it may come up to 15 minutes late")
    return replace(found, evidence=(reason, *found.evidence, trail))
