"""What the ids of AWS's resources look like, and what they name.

The prefixes are those of "Resource IDs" in the EC2 user guide and of the services' own API references.
"""

import re
from collections.abc import Mapping

from bot.words import Words, words

KINDS: Mapping[str, Words] = {
    "i-": words("an instance"),
    "vol-": words("a volume"),
    "snap-": words("a snapshot"),
    "ami-": words("an image"),
    "sg-": words("a security group"),
    "subnet-": words("a subnet"),
    "vpc-": words("a VPC"),
    "eni-": words("a network interface"),
    "eipalloc-": words("an elastic IP address"),
    "rtb-": words("a route table"),
    "acl-": words("a network ACL"),
    "igw-": words("an internet gateway"),
    "nat-": words("a NAT gateway"),
    "tgw-": words("a transit gateway"),
    "lt-": words("a launch template"),
    "fs-": words("a file system"),
}
_SHAPE = re.compile(r"([a-z]+-)[0-9a-f]+")
_FULL = re.compile(r"[a-z]+-(?:[0-9a-f]{8}|[0-9a-f]{17})")


def prefix_of(word: str) -> str:
    """The known prefix of a word that has the shape of an id, or ""."""
    match = _SHAPE.fullmatch(word)
    return match[1] if match and match[1] in KINDS else ""


def is_id(word: str, prefix: str) -> bool:
    """Whether a word is an id of this prefix; one of toban's own, such as schedule:, has a name behind it."""
    if prefix.endswith(":"):
        return word.startswith(prefix) and word != prefix
    return word.startswith(prefix) and _SHAPE.fullmatch(word) is not None


def is_full(word: str) -> bool:
    """Whether a word has the length of AWS's own ids too, so that it can hardly be a name."""
    return _FULL.fullmatch(word) is not None


def example(prefix: str) -> str:
    """An id such as AWS's documentation shows."""
    return f"{prefix}0123456789abcdef0"
