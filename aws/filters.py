"""EC2's filters, within the number of values it accepts.

Source: "List and filter your resources" of the EC2 user guide, and the Describe* pages of the API
reference: at most 200 values a filter; `*` and `?` are wildcards unless a backslash precedes them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from mypy_boto3_ec2.type_defs import FilterTypeDef

Item = TypeVar("Item")

MOST_VALUES = 200


def chunks(items: Sequence[Item], most: int) -> Iterator[Sequence[Item]]:
    """Cut into pieces of at most so many."""
    return (items[start : start + most] for start in range(0, len(items), most))


def by_tags(tags: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Filters for resources that carry these tags; a key given twice takes either value.

    Values may hold `*` and `?`, as EC2 reads them; an empty value means any.
    """
    wanted: dict[str, tuple[str, ...]] = {}
    for key, value in tags:
        wanted[f"tag:{key}"] = (*wanted.get(f"tag:{key}", ()), value or "*")
    return wanted


def batches(wanted: Mapping[str, Sequence[str]]) -> Iterator[list["FilterTypeDef"]]:
    """Yield the lists of filters, one a call, that together find what matches all of `wanted`.

    A name without values filters nothing.  One list is enough up to 200 values; beyond that a
    resource that matches by several wildcards may be found more than once.
    """
    names = [name for name, values in wanted.items() if values]
    pieces = [list(chunks(tuple(dict.fromkeys(wanted[name])), MOST_VALUES)) for name in names]
    for values in product(*pieces):
        yield [{"Name": name, "Values": list(chosen)} for name, chosen in zip(names, values, strict=True)]
