"""What time it is for AWS: a request that is signed five minutes off is refused.

Source: "Signature Version 4 for API requests" (IAM user guide): within five minutes of AWS's time.
"""

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from aws.errors import speaking_plainly

if TYPE_CHECKING:
    from mypy_boto3_sts import STSClient


def time_of(sts: "STSClient") -> datetime | None:
    """The Date of an answer, to the second, also of a refusal; None where there is none.  Raises AwsError."""
    with speaking_plainly("asking what time it is"):
        try:
            return _date(sts.get_caller_identity()["ResponseMetadata"])
        except ClientError as error:  # a clock that is wrong is refused, and that answer has a date, too
            return _date(error.response.get("ResponseMetadata", {}))


def _date(metadata: Mapping[str, Any]) -> datetime | None:
    try:
        return parsedate_to_datetime(metadata.get("HTTPHeaders", {}).get("date", ""))
    except ValueError:
        return None
