"""botocore's descriptions of AWS's services, read without their documentation.

EC2's is the largest; two fifths of the memory it takes are sentences that only readers of a manual need.
"""

import gzip
import json
from pathlib import Path
from sys import intern
from typing import Any

from botocore.loaders import JSONFileLoader, Loader, create_loader


class Lean(JSONFileLoader):
    """Reads a description and drops its documentation while reading."""

    def load_file(self, file_path: str) -> Any:
        """Return the description whose path, less its ending, this is; None when there is none."""
        plain, packed = Path(f"{file_path}.json"), Path(f"{file_path}.json.gz")
        if plain.is_file():
            return json.loads(plain.read_bytes(), object_hook=_lean)
        if packed.is_file():
            return json.loads(gzip.decompress(packed.read_bytes()), object_hook=_lean)
        return None


def loader(search_path: str | None) -> Loader:
    """botocore's loader, over its own search path, that reads in this way."""
    made = create_loader(search_path)
    made.file_loader = Lean()
    return made


def _lean(described: dict[str, Any]) -> dict[str, Any]:
    """Drop the sentences; a member of a shape that happens to be called so is not one, and stays.

    The same few words stand there tens of thousands of times, and are kept once.
    """
    if isinstance(described.get("documentation"), str):
        del described["documentation"]
    return {name: intern(value) if type(value) is str else value for name, value in described.items()}
