"""Tags of an AWS resource: an immutable, hashable mapping."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from sys import intern
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_ec2.literals import ResourceTypeType
    from mypy_boto3_ec2.type_defs import TagSpecificationTypeDef, TagTypeDef


@dataclass(frozen=True, slots=True, eq=False)
class Tags(Mapping[str, str]):
    """Keys and values, sorted by key.  Equal to any mapping with the same content."""

    pairs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, tags: Mapping[str, str]) -> "Tags":
        """Make tags of a mapping."""
        return cls(tuple(sorted(tags.items())))

    @classmethod
    def read(cls, listed: "Iterable[TagTypeDef] | None") -> "Tags":
        """Read them from the list in which AWS answers; no list means no tags.

        Thousands of resources carry the same words, which are kept once.
        """
        return cls(tuple(sorted((intern(tag["Key"]), intern(tag.get("Value", ""))) for tag in listed or ())))

    @property
    def name(self) -> str:
        """The Name tag, by which people know the resource; "" when there is none."""
        return self.get("Name", "")

    def written(self, *resource_types: "ResourceTypeType") -> "list[TagSpecificationTypeDef]":
        """Write them as the TagSpecifications of a call that creates resources of these types."""
        listed: list[TagTypeDef] = [{"Key": key, "Value": value} for key, value in self.pairs]
        return [{"ResourceType": kind, "Tags": listed} for kind in resource_types] if listed else []

    def __getitem__(self, key: str) -> str:
        for found, value in self.pairs:
            if found == key:
                return value
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return (key for key, _ in self.pairs)

    def __len__(self) -> int:
        return len(self.pairs)

    def __hash__(self) -> int:
        return hash(self.pairs)
