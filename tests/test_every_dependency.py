"""Every dependency says why it is there, is pinned by its hash, and is looked up by `make audit`."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from tests import audit
from tests.audit import CLEAN, FOUND, LOCK, NOBODY, PAGE, ROOT, judge

TEXT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PROJECT: dict[str, Any] = tomllib.loads(TEXT)
WHY = 3  # characters of a reason: "AWS" is one


def declared() -> Iterator[str]:
    yield from PROJECT["build-system"]["requires"]
    yield from PROJECT["project"]["dependencies"]
    for parts in (PROJECT["project"]["optional-dependencies"], PROJECT["dependency-groups"]):
        for named in parts.values():
            yield from named


@pytest.mark.parametrize("dependency", sorted(set(declared())))
def test_every_dependency_says_why_it_is_there(dependency: str) -> None:
    lines = [line for line in TEXT.splitlines() if f'"{dependency}"' in line]
    assert lines
    for line in lines:
        _before, _sign, why = line.partition("#")
        assert len(why.strip()) >= WHY, line


def test_every_package_that_is_installed_is_known_by_its_hash() -> None:
    """So that whoever takes over an index, or a mirror, cannot give us something else."""
    text = LOCK.read_text(encoding="utf-8")
    pinned = re.findall(
        r"^([\w.-]+)==\S+.*?\\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.MULTILINE
    )
    begun = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(pinned) == len(begun) > 100
    assert not re.search(r"://|--index|--find-links|--trusted", text)


def entry(name: str, *ids: str) -> dict[str, object]:
    return {"name": name, "version": "1", "vulns": [{"id": one, "aliases": [f"CVE-{one}"]} for one in ids]}


def test_a_finding_that_nobody_has_explained_is_red() -> None:
    verdict = judge([entry("a"), entry("b", "GHSA-1")], {})
    assert verdict.code == FOUND
    assert verdict.lines[0] == "not explained: b 1: GHSA-1"


def test_one_that_is_explained_is_not_by_whatever_name_until_it_is_gone() -> None:
    assert judge([entry("b", "GHSA-1")], {"GHSA-1": "b"}).code == CLEAN
    assert judge([entry("b", "GHSA-1")], {"CVE-GHSA-1": "b"}).code == CLEAN
    assert judge([entry("b")], {"GHSA-1": "b"}).code == FOUND


def test_where_nobody_knows_the_packages_nothing_is_called_clean() -> None:
    """As pip-audit would: a mirror without the advisories answers for none of them."""
    assert judge([{"name": "a", "skip_reason": "not found"}], {}).code == NOBODY
    assert judge([], {}).code == NOBODY
    (named, _count) = judge([entry("a"), {"name": "b", "skip_reason": "not found"}], {}).lines
    assert named == "not known to the source: b"


def test_what_the_page_explains_can_be_read() -> None:
    page = "| GHSA-1-2 | moto | never sees a stranger |\n| PYSEC-2026-1 | x | y |\n"
    assert audit.explained(page) == {"GHSA-1-2": "moto", "PYSEC-2026-1": "x"}
    assert PAGE.exists()
