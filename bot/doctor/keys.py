"""AWS: toban acts in roles, and no access key lies about that never ends."""

from collections.abc import Iterator

from aws.account import Accounts
from aws.errors import AwsError
from bot.doctor.finding import Finding, Says

NAME = "aws keys"
_SAYS = Says(NAME)
ROLES = (
    "Give it a role instead (an instance profile, a task role, web identity, or SSO on your own machine),"
    " then delete the key in IAM."
)


def found(where: str) -> str:
    """What is wrong with a key from there."""
    return f"toban uses an access key that never ends, from {where}."


def look(aws: Accounts) -> Iterator[Finding]:
    """Where toban's own credentials come from."""
    try:
        where = aws.standing_keys()
    except AwsError as error:
        yield _SAYS.warning(f"toban's own credentials cannot be read: {error}.", "See “aws identity”.")
        return
    yield _SAYS.warning(found(where), ROLES) if where else _SAYS.ok("There is no access key that never ends.")
