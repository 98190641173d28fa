"""AWS's timestamps, read fast.

Half the time of a long listing goes into botocore's own parser, which accepts any date ever written.
"""

from datetime import UTC, datetime

from botocore.utils import parse_timestamp


def parse(value: str | float) -> datetime:
    """Return the aware UTC time of a timestamp in any form AWS uses.

    ISO 8601 with its offset, which EC2 answers with, is read by Python itself; seconds since 1970,
    RFC 822 and whatever else there may be, by botocore.  Raises ValueError when it is no time.
    """
    if isinstance(value, str):
        try:
            read = datetime.fromisoformat(value)
        except ValueError:
            pass
        else:
            if read.tzinfo is not None:
                return read.astimezone(UTC)
    slow = parse_timestamp(value)  # type: ignore[arg-type]  # numbers are fine, its stub is narrower
    return slow.astimezone(UTC) if slow.tzinfo is not None else slow.replace(tzinfo=UTC)
