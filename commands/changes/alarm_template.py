"""Alarms by a template: a TOML file of tables [[alarms]], with places in braces for what differs.  Pure."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from aws.alarm import Alarm


@cache
def _read(file: Path) -> tuple[Mapping[str, Any], ...]:
    return tuple(tomllib.loads(file.read_text(encoding="utf-8"))["alarms"])


def alarms(
    file: Path, prefix: str, topic: str, given: Mapping[str, str], dimensions: Sequence[tuple[str, str]] = ()
) -> tuple[Alarm, ...]:
    """The alarms of a template, named PREFIX/WHAT; `given` are the values of its places."""
    return tuple(
        Alarm(
            name=f"{prefix}/{one['what']}",
            namespace=one["namespace"],
            metric=one["metric"],
            statistic=one["statistic"],
            period=one["period"],
            periods=one["periods"],
            comparison=one["comparison"],
            threshold=float(str(one["threshold"]).format_map(given)),
            dimensions=tuple(dimensions),
            missing=one.get("missing", "missing"),
            topics=(topic,),
            description=one["description"].format_map(given),
        )
        for one in _read(file)
    )
