"""Quick tags: moto searches all tags of a region for each row it shows; one look-up is enough."""

from typing import Any

from moto.ec2.utils import EC2_PREFIX_TO_RESOURCE, get_prefix


def make_tags_quick(backend: Any) -> None:
    """Let this EC2 backend find one resource's tags by its id; a second time does nothing.

    Without it 10,000 tagged snapshots take more than a minute to list.
    """
    if "describe_tags" in vars(backend):
        return
    thorough = backend.describe_tags

    def describe_tags(filters: dict[str, list[str]] | None = None) -> list[dict[str, str]]:
        ids = (filters or {}).get("resource-id", [])
        if filters is None or set(filters) != {"resource-id"} or any(set("*?") & set(one) for one in ids):
            return list(thorough(filters=filters))
        return [row for one in ids for row in _rows(one, backend.tags.get(one, {}))]

    backend.describe_tags = describe_tags


def _rows(resource: str, tags: dict[str, str]) -> list[dict[str, str]]:
    kind = EC2_PREFIX_TO_RESOURCE.get(get_prefix(resource), "")
    return [
        {"resource_id": resource, "key": key, "value": value, "resource_type": kind}
        for key, value in tags.items()
    ]
