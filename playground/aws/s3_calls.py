"""S3's calls, whose names stand nowhere on the wire: read of their method, path and first word of the query.

And what moto does not mind: a bucket of another account than the caller expects is refused.
"""

from collections.abc import Mapping

from moto.backends import get_backend

_EXPECTED = "x-amz-expected-bucket-owner"
_OF_BUCKETS: Mapping[str, str] = {
    "GET location": "GetBucketLocation",
    "GET policy": "GetBucketPolicy",
    "PUT policy": "PutBucketPolicy",
    "DELETE policy": "DeleteBucketPolicy",
    "GET tagging": "GetBucketTagging",
    "PUT tagging": "PutBucketTagging",
    "PUT ": "CreateBucket",
    "DELETE ": "DeleteBucket",
    "HEAD ": "HeadBucket",
}


def named(method: str, path: str) -> str:
    """The name of a call on a bucket; "" for any other."""
    bare, _, query = path.partition("?")
    word = query.partition("&")[0].partition("=")[0]
    return "" if _bucket(bare) == "" else _OF_BUCKETS.get(f"{method} {word}", "")


def is_strangers(path: str, headers: Mapping[str, str]) -> bool:
    """Whether a bucket is there, and belongs to another account than the caller expects."""
    expected, bucket = headers.get(_EXPECTED, ""), _bucket(path.partition("?")[0])
    if not expected or not bucket:
        return False
    owners = [account for account, places in get_backend("s3").items() if bucket in places["aws"].buckets]
    return bool(owners) and expected not in owners


def _bucket(path: str) -> str:
    """The bucket that a path is about; "" for a path that is about a key in it."""
    name, _, key = path.strip("/").partition("/")
    return "" if key else name
