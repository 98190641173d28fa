"""AWS: toban's role may do what the verbs that are in use need; what is missing is named.

IAM is asked what it would allow (SimulatePrincipalPolicy); nothing is tried out.  It answers for all
resources first, then, for what a policy may allow on some kinds only, for one of each kind.
"""

from collections.abc import Iterable, Iterator, Sequence

from aws import iam
from aws.account import AccountConfig, Accounts, Place
from aws.errors import AwsError, Denied
from aws.example_arns import example_arns
from aws.iam import ALLOWED, Verdict
from aws.identity import who_am_i
from bot.doctor import needs, reads, unseen
from bot.doctor.finding import Finding, Says
from bot.settings import Settings, SettingsError

NAME = "aws permissions"
_SAYS = Says(NAME)
ALL = "*"
AT_ONCE = 100  # actions in one question
_SIMULATE = "iam:SimulatePrincipalPolicy"
_REGION = "aws:RequestedRegion"  # what toban asks for, which policies may speak of


def look(aws: Accounts, settings: Settings, account: AccountConfig) -> Iterator[Finding]:
    """What the role in this account lacks."""
    place = Place(account.name, account.regions[0])
    try:
        needed = needs.actions(settings, account)
    except SettingsError:
        yield _SAYS.warning(
            f"{account.name} was not looked at: the policy decides which verbs are in use.",
            "Put right what “policy” says first.",
        )
        return
    try:
        yield _simulated(aws, account, place, needed)
    except Denied as error:
        if error.said.operation == "AssumeRole":
            yield unseen.on_aws(_SAYS, error, account.name)
        else:
            yield _tried(aws, account, place, needed)
    except AwsError as error:
        yield unseen.on_aws(_SAYS, error, account.name)


def _simulated(aws: Accounts, account: AccountConfig, place: Place, needed: Sequence[str]) -> Finding:
    role = account.role_arn or iam.lasting(who_am_i(aws.sts(place)).arn)
    client = iam.client(aws, place)

    def judged(actions: Sequence[str], resource: str) -> Iterator[Verdict]:
        for start in range(0, len(actions), AT_ONCE):
            part = actions[start : start + AT_ONCE]
            yield from iam.simulate(client, role, part, resource, {_REGION: place.region})

    refused = _refused(judged(needed, ALL))
    for service in dict.fromkeys(action.partition(":")[0] for action in refused):
        for resource in example_arns(f"{service}:", account.id, place.region):
            asked = [action for action in refused if action.startswith(f"{service}:")]
            kept = _refused(judged(asked, resource)) if asked else ()
            refused = tuple(action for action in refused if action not in asked or action in kept)
    if refused:
        return _SAYS.failed(f"The role in {account.name} lacks {', '.join(refused)}.", _remedy(account))
    return _SAYS.ok(f"The role in {account.name} may do what the verbs in use need ({len(needed)} actions).")


def _refused(verdicts: Iterable[Verdict]) -> tuple[str, ...]:
    """What no statement allows; one whose conditions speak of tags that were not given may."""
    return tuple(one.action for one in verdicts if one.decision != ALLOWED and not one.depends_on)


def _tried(aws: Accounts, account: AccountConfig, place: Place, needed: tuple[str, ...]) -> Finding:
    try:
        refused = reads.denied(aws, place, needed)
    except AwsError as error:
        return unseen.on_aws(_SAYS, error, account.name)
    if refused:
        return _SAYS.failed(f"The role in {account.name} lacks {', '.join(refused)}.", _remedy(account))
    return _SAYS.warning(
        f"The role in {account.name} lacks {_SIMULATE}, so only a few reads were tried; all may be done.",
        f"Allow it {_SIMULATE} on itself, and the doctor sees the rest.",
    )


def _remedy(account: AccountConfig) -> str:
    return (
        f"Add them to the role's policy in account {account.id};"
        " the whole of it stands in README.md, “The role”."
    )
