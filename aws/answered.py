"""When AWS answered, by its own clock: what is compared with AWS's own events, which toban's clock may miss.

Every answer carries an HTTP header Date, cut to whole seconds ("Common response headers").
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

CUT = timedelta(seconds=1)  # so much earlier than the header says may something have happened


def moment(reply: Mapping[str, Any], otherwise: datetime) -> datetime:
    """The moment of an answer, not after what it set going; `otherwise` where the header is missing."""
    said = reply["ResponseMetadata"].get("HTTPHeaders", {}).get("date", "")
    try:
        at = parsedate_to_datetime(said)
    except ValueError:
        return otherwise
    return (at if at.tzinfo else at.replace(tzinfo=UTC)) - CUT
