"""The alarms that every instance is to have, of the template beside this module.  Pure."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from aws.alarm import Alarm

FILE = Path(__file__).with_name("template.toml")
NAMESPACE, DIMENSION = "AWS/EC2", "InstanceId"
PREFIX = "toban"


@cache
def _read() -> tuple[Mapping[str, Any], ...]:
    return tuple(tomllib.loads(FILE.read_text(encoding="utf-8"))["alarms"])


def alarms(id: str, topic: str, thresholds: Mapping[str, int]) -> tuple[Alarm, ...]:
    """The alarms of one instance; `thresholds` are those that the template names in braces."""
    given = {"id": id, **{name: str(value) for name, value in thresholds.items()}}
    return tuple(
        Alarm(
            name=f"{PREFIX}/{id}/{one['what']}",
            namespace=NAMESPACE,
            metric=one["metric"],
            statistic=one["statistic"],
            period=one["period"],
            periods=one["periods"],
            comparison=one["comparison"],
            threshold=float(str(one["threshold"]).format_map(given)),
            dimensions=((DIMENSION, id),),
            topics=(topic,),
            description=one["description"].format_map(given),
        )
        for one in _read()
    )
