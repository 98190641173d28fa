"""AWS: toban's role may do what the verbs that are in use need; what is missing is named.

IAM is asked what it would allow (SimulatePrincipalPolicy); nothing is tried out.  It answers for all
resources first, then, for what a policy allows on some kinds only, for one of each kind.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from aws import iam
from aws.account import AccountConfig, Accounts, Place
from aws.errors import AwsError, Denied
from aws.iam import ALLOWED, Verdict
from aws.identity import who_am_i
from bot.doctor import needs, reads, unseen
from bot.doctor.finding import Finding, Says
from bot.doctor.in_use import InUse
from bot.settings import Settings, SettingsError

NAME = "aws permissions"
_SAYS = Says(NAME)
ALL = "*"
AT_ONCE = 100  # actions in one question
_SIMULATE = "iam:SimulatePrincipalPolicy"
_REGION = "aws:RequestedRegion"  # what toban asks for, which policies may speak of


def look(aws: Accounts, settings: Settings, account: AccountConfig, in_use: InUse) -> Iterator[Finding]:
    """What the role in this account lacks."""
    place = Place(account.name, account.regions[0])
    try:
        wanted = needs.wanted(in_use.verbs(), settings, account)
    except SettingsError:
        what = f"{account.name} was not looked at: the policy decides which verbs are in use."
        yield _SAYS.warning(what, "Put right what “policy” says first.")
        return
    try:
        yield _said(account, _lacking(aws, account, place, wanted), len(wanted))
    except Denied as error:
        if error.said.operation == "AssumeRole":
            yield unseen.on_aws(_SAYS, error, account.name)
        else:
            yield _tried(aws, account, place, tuple(wanted))
    except AwsError as error:
        yield unseen.on_aws(_SAYS, error, account.name)


def _lacking(
    aws: Accounts, account: AccountConfig, place: Place, wanted: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """What IAM would allow on nothing that it is used on.  Raises AwsError."""
    role = account.role_arn or iam.lasting(who_am_i(aws.sts(place)).arn)
    client = iam.client(aws, place)

    def refused(actions: Sequence[str], resource: str) -> Iterator[str]:
        for start in range(0, len(actions), AT_ONCE):
            part = actions[start : start + AT_ONCE]
            yield from _no(iam.simulate(client, role, part, resource, {_REGION: place.region}))

    left = set(refused(tuple(wanted), ALL))
    for resource in dict.fromkeys(arn for arns in wanted.values() for arn in arns if arn != ALL):
        asked = [action for action in wanted if action in left and resource in wanted[action]]
        left -= set(asked) - set(refused(asked, resource)) if asked else set()
    return tuple(action for action in wanted if action in left)


def _no(verdicts: Iterable[Verdict]) -> Iterator[str]:
    """What no statement allows; one whose conditions speak of tags that were not given may."""
    return (one.action for one in verdicts if one.decision != ALLOWED and not one.depends_on)


def _tried(aws: Accounts, account: AccountConfig, place: Place, wanted: tuple[str, ...]) -> Finding:
    try:
        refused = reads.denied(aws, place, wanted)
    except AwsError as error:
        return unseen.on_aws(_SAYS, error, account.name)
    if refused:
        return _said(account, refused, len(wanted))
    return _SAYS.warning(
        f"The role in {account.name} lacks {_SIMULATE}, so only a few reads were tried; all may be done.",
        f"Allow it {_SIMULATE} on itself, and the doctor sees the rest.",
    )


def _said(account: AccountConfig, lacking: Sequence[str], count: int) -> Finding:
    if not lacking:
        what = f"The role in {account.name} may do what the verbs in use need ({count} actions)."
        return _SAYS.ok(what)
    return _SAYS.failed(
        f"The role in {account.name} lacks {', '.join(lacking)}.",
        f"Give it what `toban iam-policy --account {account.name}` prints (account {account.id}).",
    )
