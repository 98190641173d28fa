"""AWS's error codes, sorted by what they mean to us.

Sources: "Error codes for the Amazon EC2 API" and "Common errors" of the AWS API references.
"""

from enum import StrEnum


class Meaning(StrEnum):
    """What an error answer means."""

    NOT_FOUND = "not found"
    DENIED = "denied"
    THROTTLED = "throttled"
    IN_USE = "in use"
    NO_CREDENTIALS = "no credentials"
    UNCLEAR = "unclear"  # AWS failed midway: done or not, nobody knows
    REFUSED = "refused"


_MEANINGS = {
    Meaning.DENIED: """
        AccessDenied AccessDeniedException UnauthorizedOperation Client.UnauthorizedOperation
    """,
    # LimitExceededException: of all that toban calls, only Cost Explorer answers so, to too many requests.
    # PriorRequestNotComplete: Route 53 still works at another change of the hosted zone.
    Meaning.THROTTLED: """
        Client.RequestLimitExceeded EC2ThrottledException LimitExceededException
        PriorRequestNotComplete RequestLimitExceeded
        RequestThrottled RequestThrottledException SlowDown SnapshotCreationPerVolumeRateExceeded
        ThrottledException Throttling ThrottlingException TooManyRequestsException
    """,
    Meaning.IN_USE: """
        DependencyViolation InvalidIPAddress.InUse InvalidSnapshot.InUse ResourceInUse VolumeInUse
    """,
    # RequestExpired: the token is old, or the clock of this machine is wrong.
    Meaning.NO_CREDENTIALS: """
        ExpiredToken ExpiredTokenException InvalidClientTokenId InvalidToken MissingAuthenticationToken
        RequestExpired SignatureDoesNotMatch UnrecognizedClientException
    """,
}
_BY_CODE = {code: sense for sense, written in _MEANINGS.items() for code in written.split()}
_GONE = ("NotFound", "NotFoundException", "NotFoundFault", "DoesNotExist")


def meaning(code: str, status: int, message: str) -> Meaning:
    """Sort an error answer by its code, HTTP status and message."""
    if code in _BY_CODE:
        return _BY_CODE[code]
    if code == "AuthFailure":
        return _auth_failure(message)
    if code.endswith(_GONE) or code.startswith("NoSuch"):
        return Meaning.NOT_FOUND
    return _by_status(code, status)


def _auth_failure(message: str) -> Meaning:
    """AuthFailure is both "who are you?" and "not for you"; only the message tells."""
    return Meaning.NO_CREDENTIALS if "credentials" in message else Meaning.DENIED


def _by_status(code: str, status: int) -> Meaning:
    if status == 429:
        return Meaning.THROTTLED
    # EC2 answers 500 when it has no machine to give (InsufficientInstanceCapacity ...): a plain no.
    return Meaning.UNCLEAR if status >= 500 and "Capacity" not in code else Meaning.REFUSED
