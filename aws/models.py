"""botocore's descriptions of AWS's services, without what nobody here reads.

EC2's is the largest: two fifths of the memory it takes are sentences for readers of a manual, and nine
tenths of the rest describe calls that toban never makes.
"""

import gzip
import json
from collections.abc import Collection, Iterator
from pathlib import Path
from sys import intern
from typing import Any

from botocore.loaders import JSONFileLoader, Loader, create_loader

from aws.calls import named

Described = dict[str, Any]
EXTRAS = "service-2.sdk-extras.json"
"""What botocore adds by itself: a member of calls that copy databases, of which toban makes none."""


class Lean(JSONFileLoader):
    """Reads a description, and drops its documentation while reading and calls that are not made after it."""

    def load_file(self, file_path: str) -> Any:
        """Return the description whose path, less its ending, this is; None when there is none."""
        plain, packed = Path(f"{file_path}.json"), Path(f"{file_path}.json.gz")
        if plain.name == EXTRAS and named(plain.parts[-3]):
            return None
        if plain.is_file():
            return _only_ours(plain, json.loads(plain.read_bytes(), object_hook=_lean))
        if packed.is_file():
            return _only_ours(plain, json.loads(gzip.decompress(packed.read_bytes()), object_hook=_lean))
        return None


def loader(search_path: str | None) -> Loader:
    """botocore's loader, over its own search path, that reads in this way."""
    made = create_loader(search_path)
    made.file_loader = Lean()
    return made


def _lean(described: Described) -> Described:
    """Drop the sentences; a member of a shape that happens to be called so is not one, and stays.

    The same few words stand there tens of thousands of times, and are kept once.
    """
    if isinstance(described.get("documentation"), str):
        del described["documentation"]
    for one in described.get("clientContextParams", {}).values():
        one["documentation"] = ""  # of S3: botocore itself asks each for its sentence
    return {name: intern(value) if type(value) is str else value for name, value in described.items()}


def _only_ours(path: Path, described: Described) -> Described:
    """A service's calls that are named, and the shapes they are made of; other files stay as they are.

    The path reads …/SERVICE/VERSION/service-2.json.
    """
    calls = named(path.parts[-3])
    if path.name != "service-2.json" or not calls:
        return described
    operations = {name: one for name, one in described["operations"].items() if name in calls}
    shapes = described["shapes"]
    kept = _reached(shapes, {shape for one in operations.values() for shape in _named_in(one)})
    return described | {
        "operations": operations,
        "shapes": {name: shapes[name] for name in shapes if name in kept},
    }


def _reached(shapes: Described, first: Collection[str]) -> set[str]:
    """These shapes, and those that they are made of."""
    kept, left = set(first), list(first)
    while left:
        new = {shape for shape in _named_in(shapes[left.pop()]) if shape not in kept}
        kept |= new
        left += new
    return kept


def _named_in(described: Any) -> Iterator[str]:
    """The shapes that a description names, as ``{"shape": "Snapshot"}``, at any depth."""
    match described:
        case {"shape": str(name)}:
            yield name
        case dict():
            for value in described.values():
                yield from _named_in(value)
        case list():
            for value in described:
                yield from _named_in(value)
