"""toban's own tags on what it makes, and the tags by which people tell it how to treat a resource.

What toban makes carries its tags from the call that makes it on, so nothing of its own is ever unknown.
"""

from collections.abc import Mapping

MADE_BY = "toban:operation"  # the number of the operation
TOKEN = "toban:token"  # noqa: S105 - a tag: of the call, so that a repeated one finds what the first made
KIND = "toban:kind"  # SNAPSHOT, COPY or IMAGE
VOLUME = "toban:volume"  # on a copy: the volume it was taken of; a copy's own VolumeId is arbitrary
COPY_OF = "toban:copy-of"  # on a copy: what it was copied from
INSTANCE = "toban:instance"  # on an image and its snapshots: the instance
NIGHT = "toban:night"  # the local date of the night that made it

SNAPSHOT, COPY, IMAGE = "snapshot", "copy", "image"

EXCLUDE = "toban:exclude"  # on a volume or instance: true keeps toban's hands off it
COPY_TO = "toban:copy-to"  # regions, with spaces between them
KEEP = {
    "newest": "toban:keep",
    "older_than": "toban:older-than",
    "daily": "toban:keep-daily",
    "weekly": "toban:keep-weekly",
    "monthly": "toban:keep-monthly",
}

MOST = 50
"""Tags on one resource.  Source: "Tag your Amazon EC2 resources", tag restrictions."""


def is_ours(tags: Mapping[str, str], kind: str) -> bool:
    """Whether toban made it, as this kind."""
    return MADE_BY in tags and tags.get(KIND) == kind


def copied(tags: Mapping[str, str], ours: Mapping[str, str]) -> dict[str, str]:
    """A resource's tags for what is made of it, and toban's own, which come first where they do not all fit.

    AWS's own (`aws:`) cannot be given to anything.
    """
    room = MOST - len(ours)
    theirs = [(key, value) for key, value in tags.items() if not key.startswith(("aws:", "toban:"))]
    return {**dict(sorted(theirs)[:room]), **ours}
