"""Versions of toban: the next one, with one more migration, and one of before, out of the history."""

import io
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from bot.store.schema import HEAD
from tests.bot.store.next_migration import NEXT, put_migration

HERE = Path(__file__).parents[2]
PACKAGES = ("aws", "bot", "commands", "jobs")


def next_version(folder: Path, body: str, *, kind: str = "expand", oldest: str = "") -> Path:
    """A tree like this one whose database has one migration more."""
    for package in PACKAGES:
        shutil.copytree(HERE / package, folder / package)  # what was compiled comes along
    schema = folder / "bot" / "store" / "schema.py"
    said = schema.read_text(encoding="utf-8")
    assert f'HEAD = "{HEAD}"' in said
    schema.write_text(said.replace(f'HEAD = "{HEAD}"', f'HEAD = "{NEXT}"'), encoding="utf-8")
    put_migration(folder / "bot" / "store" / "migrations", body, kind=kind, oldest=oldest)
    return folder


def former_version(folder: Path, commit: str) -> Path:
    """The tree of a commit; skips where the clone is too shallow to have it."""
    made = subprocess.run(["git", "archive", commit, *PACKAGES], cwd=HERE, check=False, capture_output=True)
    if made.returncode:
        pytest.skip(f"this clone has no {commit}: {made.stderr.decode().strip()}")
    with tarfile.open(fileobj=io.BytesIO(made.stdout)) as tree:
        tree.extractall(folder, filter="data")
    return folder
