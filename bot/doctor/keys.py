"""AWS: toban acts in roles, and no access key lies about that never ends."""

from collections.abc import Iterator

from aws.account import Accounts
from aws.errors import AwsError
from bot.doctor.finding import Finding, Says
from bot.lasting_keys import INSTEAD, found

NAME = "aws keys"
_SAYS = Says(NAME)


def look(aws: Accounts) -> Iterator[Finding]:
    """Where toban's own credentials come from."""
    try:
        where = aws.standing_keys()
    except AwsError as error:
        what = f"toban's own credentials cannot be read ({error.said.code})."
        yield _SAYS.warning(what, "Put right what “aws identity” says first.")
        return
    yield (
        _SAYS.warning(found(where), INSTEAD) if where else _SAYS.ok("No access key is used that never ends.")
    )
