"""As what an instance was launched, in one tag of its images: it may be gone when it is needed.  Pure."""

from aws.instance import Instance, Launch

LAUNCHED = "toban:launched-as"
"""On an image: type, subnet, security groups, and `key:` and `profile:`, with spaces between them."""

LONGEST = 256
"""Characters of a tag's value.  Source: "Tag your Amazon EC2 resources", tag restrictions."""


def of(one: Instance) -> Launch:
    """As what this instance runs."""
    return Launch(one.type, one.subnet_id, one.group_ids, one.key_name, one.profile)


def write(launch: Launch) -> str:
    """The value of the tag; what cannot be written, or does not fit, is left out from the end."""
    parts = [launch.type, launch.subnet_id, *launch.group_ids]
    parts += [f"key:{launch.key_name}"] if launch.key_name and " " not in launch.key_name else []
    parts += [f"profile:{launch.profile}"] if launch.profile else []
    said = ""
    for part in filter(None, parts):
        longer = f"{said} {part}".strip()
        said = longer if len(longer) <= LONGEST else said
    return said


def read(value: str) -> Launch:
    """What `write` wrote; words that mean nothing here are passed over."""
    parts = value.split()
    named = dict(part.split(":", 1) for part in parts if ":" in part)
    return Launch(
        type=next((part for part in parts if "." in part and ":" not in part), ""),
        subnet_id=next((part for part in parts if part.startswith("subnet-")), ""),
        group_ids=tuple(part for part in parts if part.startswith("sg-")),
        key_name=named.get("key", ""),
        profile=named.get("profile", ""),
    )


def elsewhere(value: str) -> str:
    """What of it means something in another region: subnets, security groups and key pairs do not."""
    there = read(value)
    return write(Launch(there.type, profile=there.profile))
