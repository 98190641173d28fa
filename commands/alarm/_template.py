"""The alarms that every instance is to have, of the template beside this module.  Pure."""

from collections.abc import Mapping
from pathlib import Path

from aws.alarm import Alarm
from commands.changes import alarm_template

FILE = Path(__file__).with_name("template.toml")
DIMENSION = "InstanceId"


def alarms(id: str, topic: str, thresholds: Mapping[str, int]) -> tuple[Alarm, ...]:
    """The alarms of one instance; `thresholds` are those that the template names in braces."""
    given = {"id": id, **{name: str(value) for name, value in thresholds.items()}}
    return alarm_template.alarms(FILE, f"toban/{id}", topic, given, ((DIMENSION, id),))
