"""The table of an experiment: several faults as one failure test, some of them later than the others."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated

from pydantic import Field, PlainValidator, field_validator

from bot.config import probes
from bot.config.kinds import Table, Text
from bot.config.mistakes import Mistake
from bot.drill import Part
from bot.words import words

LATEST = timedelta(hours=2)


class PartTable(Table):
    """One of ``parts``: what is broken, and how long after the first."""

    run: Text
    later: Annotated[timedelta, PlainValidator(probes.read_span)] = timedelta(0)

    @field_validator("later")
    @classmethod
    def _is_within_the_test(cls, later: timedelta) -> timedelta:
        return probes.within(later, timedelta(seconds=1), LATEST)


def read_part(value: object) -> PartTable:
    """A part as a table, or only its line."""
    if isinstance(value, str):
        return PartTable(run=value)
    if not isinstance(value, dict):
        raise Mistake(words("a part is what “/failover run” would be told, such as “zone ap-northeast-1a”."))
    return PartTable.model_validate(value)


class ExperimentTable(Table):
    """``[experiments.NAME]``"""

    parts: Annotated[list[Annotated[PartTable, PlainValidator(read_part)]], Field(min_length=1)]


def parts_of(table: ExperimentTable) -> Sequence[Part]:
    """What it breaks, as lines that could be asked."""
    return tuple(Part(f"failover run {one.run}", one.later) for one in table.parts)
