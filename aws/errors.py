"""The few ways AWS can say no, and the one place where botocore's exceptions become ours.

* AwsError
  x NotFound        the resource does not exist (any more)
  x Denied          toban's role may not do this; names the missing IAM action
  x Throttled       AWS asks for patience
  x Refused         AWS understood and said no, with a code of its own
    + InUse         ... because something else still uses the resource
  x NoCredentials   there is no valid identity to ask with
  x Unreachable     the request was certainly not sent
  x NoAnswer        the call may or may not have happened

Each carries what AWS said; words for people, in their language, are made elsewhere.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from botocore import exceptions as boto
from botocore.parsers import ResponseParserError

from aws.codes import Meaning, meaning
from aws.said import Said, by_answer, by_line, resource_ids
from aws.trace import never_left

_ENCODED = re.compile(r"\s*Encoded authorization failure message: \S+")
_NO_ENDPOINT = (
    boto.BaseEndpointResolverError,
    boto.EndpointProviderError,
    boto.InvalidRegionError,
    boto.UnknownRegionError,
)
_NO_IDENTITY = (
    boto.ConfigNotFound,
    boto.ConfigParseError,
    boto.CredentialRetrievalError,
    boto.InfiniteLoopConfigError,
    boto.InvalidConfigError,
    boto.NoAuthTokenError,
    boto.NoCredentialsError,
    boto.PartialCredentialsError,
    boto.ProfileNotFound,
    boto.SSOError,
    boto.TokenRetrievalError,
    boto.UnknownCredentialError,
)


class AwsError(Exception):
    """AWS refused or failed while toban was `doing` something; `said` has the facts."""

    def __init__(self, doing: str, said: Said) -> None:
        super().__init__(doing, said)
        self.doing = doing
        self.said = said

    @property
    def maybe_done(self) -> bool:
        """Whether the call, if it was a change, may have taken effect in spite of the error."""
        return self.said.doubtful

    def __str__(self) -> str:
        """One English sentence, without AWS's encoded message of several hundred characters."""
        code = f" ({self.said.code})" if self.said.code else ""
        return f"{self.doing}: {_ENCODED.sub('', self.said.message)}{code}"


class NotFound(AwsError):
    """The resource does not exist (any more)."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids AWS named; empty when it named none."""
        return self.said.ids


class Denied(AwsError):
    """toban's role may not do this."""

    @property
    def action(self) -> str:
        """The missing IAM action, such as "ec2:StopInstances"."""
        return self.said.action

    @property
    def resource(self) -> str:
        """The ARN it was denied on; "" when AWS did not say."""
        return self.said.resource

    @property
    def principal(self) -> str:
        """The ARN of the identity that was denied; "" when AWS did not say."""
        return self.said.principal


class Throttled(AwsError):
    """AWS asks for patience; the same call may work later."""


class Refused(AwsError):
    """AWS understood the request and said no; `said.code` is its reason."""


class InUse(Refused):
    """Something else still uses the resource."""

    @property
    def by(self) -> tuple[str, ...]:
        """The ids AWS named as users; empty when it named none."""
        return resource_ids(re.split(r"in use by|attached to", self.said.message, maxsplit=1)[-1])


class NoCredentials(AwsError):
    """There is no valid identity to ask with: nothing configured, expired, or no role to be had."""


class Unreachable(AwsError):
    """The request was certainly not sent: no connection, no endpoint, no such region."""


class NoAnswer(AwsError):
    """The call may or may not have happened: the line broke, or AWS failed midway."""

    @property
    def maybe_done(self) -> bool:
        """Nobody knows, so yes."""
        return True


@contextmanager
def speaking_plainly(doing: str) -> Iterator[None]:
    """Turn botocore's exceptions inside the block into an AwsError; `doing` says what was tried."""
    try:
        yield
    except boto.ClientError as error:
        answer = by_answer(error)
        raise _kind_of_answer(answer)(doing, answer) from error
    except (boto.BotoCoreError, ResponseParserError) as error:
        said = by_line(error)
        raise _kind_of_break(error, said)(doing, said) from error


def _kind_of_answer(said: Said) -> type[AwsError]:
    means = meaning(said.code, said.status, said.message)
    if means is Meaning.UNCLEAR and _was_for_a_role(said):
        return NoCredentials
    return {
        Meaning.NOT_FOUND: NotFound,
        Meaning.DENIED: Denied,
        Meaning.THROTTLED: Throttled,
        Meaning.IN_USE: InUse,
        Meaning.NO_CREDENTIALS: NoCredentials,
        Meaning.UNCLEAR: NoAnswer,
        Meaning.REFUSED: Refused,
    }[means]


def _kind_of_break(error: Exception, said: Said) -> type[AwsError]:
    if isinstance(error, _NO_IDENTITY) or _was_for_a_role(said):
        return NoCredentials
    if said.doubtful:
        return NoAnswer
    if never_left(error) or isinstance(error, _NO_ENDPOINT):
        return Unreachable
    if isinstance(error, boto.ParamValidationError):
        return Refused  # by botocore itself, before anything was sent
    return NoAnswer


def _was_for_a_role(said: Said) -> bool:
    """Whether the call was botocore's own for a role, made before the call that was wanted."""
    return said.operation in {"AssumeRole", "AssumeRoleWithWebIdentity"}
