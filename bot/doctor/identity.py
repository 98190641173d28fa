"""AWS: toban gets into an account, and it is the one that the config means."""

from collections.abc import Iterator

from aws.account import AccountConfig, Accounts, Place
from aws.errors import AwsError, Denied, NoAnswer, NoCredentials, Unreachable
from aws.identity import who_am_i
from bot.doctor.finding import Finding, Says
from bot.refusals import said

NAME = "aws identity"
_SAYS = Says(NAME)
_NOBODY = (
    "Give this process an identity: an instance profile, a task role, web identity,"
    " or a profile with SSO (AWS_PROFILE, then `aws sso login`)."
)


def look(aws: Accounts, account: AccountConfig) -> Iterator[Finding]:
    """Ask AWS who toban is there."""
    try:
        found = who_am_i(aws.sts(Place(account.name, account.regions[0])))
    except AwsError as error:
        yield _no_entry(account, error)
        return
    if found.account != account.id:
        yield _SAYS.failed(
            f"{account.name} is account {found.account}, and the config says {account.id}.",
            f"Correct id in [accounts.{account.name}], or name a role of {account.id} there.",
        )
    else:
        yield _SAYS.ok(f"{account.name} ({account.id}) is entered as {found.arn}.")


def _no_entry(account: AccountConfig, error: AwsError) -> Finding:
    if isinstance(error, Unreachable | NoAnswer) or (
        error.said.operation == "AssumeRole" and not error.said.status
    ):
        what = f"{account.name} ({account.id}) was not reached: AWS does not answer ({error.said.code})."
        return _SAYS.failed(
            what, f"Let this machine reach sts.{account.regions[0]}.amazonaws.com (port 443)."
        )
    what = f"toban does not get into {account.name} ({account.id}): {said(error, account.name)}."
    match error:
        case Denied() if account.role_arn:
            return _SAYS.failed(what, _trust(account))
        case NoCredentials():
            return _SAYS.failed(what, _NOBODY)
        case _:
            return _SAYS.failed(what, "Ask the doctor again; if it stays so, look at the role in IAM.")


def _trust(account: AccountConfig) -> str:
    outside = "with the external_id of the config" if account.external_id else "without an external id"
    return (
        f"Let the trust policy of {account.role_arn} name toban's own identity {outside},"
        f" and let that identity do sts:AssumeRole on it."
    )
