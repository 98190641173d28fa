"""What the doctor found, for people and for programs."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from bot.doctor.finding import Finding, Health

_WIDE = max(len(health) for health in Health)


def text(findings: Sequence[Finding], mended: Sequence[str]) -> str:
    """A line a finding, with what to do below it; then the count."""
    lines = [f"mended: {one}" for one in mended]
    name = max((len(one.check) for one in findings), default=0)
    for one in findings:
        lines.append(f"{one.health:{_WIDE}}  {one.check:{name}}  {one.what}")
        if one.do:
            lines.append(f"{'':{_WIDE}}  {'':{name}}  -> {one.do}")
    return "\n".join([*lines, ", ".join(_counts(findings))]) + "\n"


def as_json(findings: Sequence[Finding], mended: Sequence[str]) -> str:
    """The same as one JSON object."""
    told = {
        "healthy": is_healthy(findings),
        "mended": list(mended),
        "findings": [asdict(one) for one in findings],
    }
    return f"{json.dumps(told, ensure_ascii=False, indent=2)}\n"


def is_healthy(findings: Sequence[Finding]) -> bool:
    """Whether nothing has failed."""
    return all(one.health is not Health.FAILED for one in findings)


def _counts(findings: Sequence[Finding]) -> Iterator[str]:
    counted = Counter(one.health for one in findings)
    return (f"{counted[health]} {health}" for health in Health if counted[health])
