"""`make audit`: every pinned dependency is looked up among the known vulnerabilities, by pip-audit.

It ends with 0 when none is known, or each is explained in docs/threats.md; with 1 when one is not; with 3
when nobody could be asked.  pip-audit itself says "No known vulnerabilities found" also of packages that its
source does not know: those are counted here, and named.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LOCK, PAGE = ROOT / "requirements.lock", ROOT / "docs" / "threats.md"
SOURCES = ("osv", "pypi")  # the first that answers; PyPI's own leaves out what other ecosystems found
SECONDS = 120
CLEAN, FOUND, NOBODY = 0, 1, 3
_EXPLAINED = re.compile(r"^\| ((?:PYSEC|GHSA|CVE)-[\w-]+) \| (\S+) \| ([^|]+) \|", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How it ended, in lines."""

    code: int
    lines: tuple[str, ...]


def explained(page: str) -> dict[str, str]:
    """The findings that the page explains: id -> package."""
    return {found: package for found, package, _why in _EXPLAINED.findall(page)}


def judge(dependencies: Sequence[Mapping[str, Any]], known: Mapping[str, str]) -> Verdict:
    """What pip-audit's JSON means.  Pure."""
    asked = [one for one in dependencies if "vulns" in one]
    if not asked:
        return Verdict(NOBODY, ("Nobody could be asked: the source knows none of the packages.",))
    each = [(f"{one['name']} {one['version']}", vuln) for one in asked for vuln in one["vulns"]]
    found = {f"{named}: {vuln['id']}": {vuln["id"], *vuln.get("aliases", ())} for named, vuln in each}
    gone = sorted(set(known) - {one for ids in found.values() for one in ids})
    lines = [f"not explained: {said}" for said, ids in found.items() if not ids & set(known)]
    lines += [f"explained, and not found any more: {one} ({known[one]})" for one in gone]
    skipped = [one["name"] for one in dependencies if "vulns" not in one]
    told = [f"not known to the source: {', '.join(skipped)}"] if skipped else []
    count = f"{len(asked)} packages were looked up, {len(found)} findings, {len(lines)} to see to."
    return Verdict(FOUND if lines else CLEAN, (*lines, *told, count))


def ask() -> Sequence[Mapping[str, Any]]:
    """What pip-audit says of the lock; empty when no source answers."""
    for source in SOURCES:
        for dependencies in _asked(source):
            if any("vulns" in one for one in dependencies):
                return dependencies
    return ()


def _asked(source: str) -> Iterator[Sequence[Mapping[str, Any]]]:
    options = [
        "--disable-pip",
        "--require-hashes",
        "--progress-spinner",
        "off",
        "--format",
        "json",
        "--timeout",
        "10",
    ]
    line = [sys.executable, "-m", "pip_audit", "-r", str(LOCK), *options, "--vulnerability-service", source]
    try:
        done = subprocess.run(line, capture_output=True, text=True, timeout=SECONDS, check=False)
        yield json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        return


if __name__ == "__main__":
    verdict = judge(ask(), explained(PAGE.read_text(encoding="utf-8")))
    sys.stdout.write("\n".join(verdict.lines) + "\n")
    sys.exit(verdict.code)
