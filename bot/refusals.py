"""AWS's refusals in words: what is wrong, and what would be right."""

from aws.errors import (
    AwsError,
    Denied,
    InUse,
    NoCredentials,
    NotFound,
    Refused,
    Throttled,
    Unreachable,
)
from bot.words import Words, words

_LONGEST = 400  # characters of AWS's message that are kept


def said(error: AwsError, account: str = "") -> Words:
    """The sentence for an error; `account` is the account's name in the settings, where it is known.

    AWS's own message stays in AWS's words; what toban says around it is translated.
    """
    match error:
        case Denied():
            return _denied(error, account)
        case NotFound():
            return _not_found(error)
        case InUse():
            return _in_use(error)
        case Refused():
            return _refused(error)
        case _:
            return _line(error)


def _denied(error: Denied, account: str) -> Words:
    """Names the missing permission and whose it is, so that somebody can add it."""
    who, action = _who(error.principal, account), error.action
    if error.resource:
        return words(
            "{who} lacks {action} on {resource}; add it to the role's policy",
            who=who,
            action=action,
            resource=error.resource,
        )
    return words("{who} lacks {action}; add it to the role's policy", who=who, action=action)


def _who(principal: str, account: str) -> Words:
    role, account = _role(principal), account or _account(principal)
    if role and account:
        return words("toban's role {role} in account {account}", role=role, account=account)
    if account:
        return words("toban's role in account {account}", account=account)
    return words("toban's role")


def _not_found(error: NotFound) -> Words:
    if error.ids:
        return words(
            "{ids} does not exist (any more); check the id, the account and the region",
            ids=", ".join(error.ids),
        )
    return words("AWS does not find it: {message}; check the account and the region", message=_message(error))


def _in_use(error: InUse) -> Words:
    if error.by:
        return words("it is still used by {by}; remove that first, or leave this one", by=", ".join(error.by))
    return words("something still uses it: {message}", message=_message(error))


def _refused(error: Refused) -> Words:
    code = error.said.code or type(error).__name__
    return words("AWS refused with {code}: {message}", code=code, message=_message(error))


def _line(error: AwsError) -> Words:
    """Errors of the line, of identity and of patience rather than of the resource."""
    if error.maybe_done:
        return words(
            "AWS's answer was cut off, so it may or may not have happened ({code});"
            " look at it in AWS before asking again",
            code=error.said.code or "-",
        )
    match error:
        case Throttled():
            return words("AWS asks for patience ({code}); ask again in a few minutes", code=error.said.code)
        case NoCredentials():
            return words(
                "toban has no valid identity for AWS: {message};"
                " check the role and the profile in the settings",
                message=_message(error),
            )
        case Unreachable():
            return words(
                "AWS could not be reached, so nothing was done: {message};"
                " check the network and the region's name",
                message=_message(error),
            )
        case _:
            return words("AWS failed: {message}", message=_message(error))


def _message(error: AwsError) -> str:
    """AWS's message without its own full stop and without line breaks."""
    message = " ".join(error.said.message.split()).rstrip(".") or error.said.code or type(error).__name__
    return message if len(message) <= _LONGEST else f"{message[:_LONGEST]}…"


def _role(principal: str) -> str:
    """The name of the role in an ARN ("IAM identifiers", IAM user guide); "" when it is no role's.

    A session's reads arn:aws:sts::111122223333:assumed-role/name/session, the role's own
    arn:aws:iam::111122223333:role/path/name.
    """
    kind, _, rest = principal.rpartition(":")[2].partition("/")
    names = {"assumed-role": rest.split("/")[0], "role": rest.split("/")[-1]}
    return names.get(kind, "")


def _account(principal: str) -> str:
    parts = principal.split(":")
    return parts[4] if len(parts) > 5 else ""
