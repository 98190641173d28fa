"""The table of a probe: what is asked, how often, and what is tolerated."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Annotated, Self

from pydantic import PlainValidator, ValidationInfo, field_validator, model_validator

from aws.account import Place
from bot.config import mail, probes
from bot.config.kinds import Region, Table, Text
from bot.config.mistakes import Mistake
from bot.grammar.duration import write_duration
from bot.probe import FROM_TOBAN, Kind, Probe
from bot.words import words

Span = Annotated[timedelta, PlainValidator(probes.read_span)]
Bound = Annotated[float, PlainValidator(probes.read_bound)]

MOST_AT_ONCE = 50
"""Questions of one probe that may wait for their answers: each is a thread and a connection."""
_MS, _SECOND, _MINUTE = timedelta(milliseconds=1), timedelta(seconds=1), timedelta(minutes=1)
_KINDS: Mapping[str, Kind] = {
    "url": Kind.HTTP,
    "tcp": Kind.TCP,
    "target_group": Kind.TARGETS,
    "metric": Kind.METRIC,
    "command": Kind.COMMAND,
}
_AWS = frozenset({Kind.TARGETS, Kind.METRIC, Kind.COMMAND})
_COUNTED = frozenset({Kind.TARGETS, Kind.METRIC})
_ONLY_FOR: Mapping[str, Collection[Kind]] = {
    "status": {Kind.HTTP},
    "contains": {Kind.HTTP},
    "account": _AWS,
    "region": _AWS,
    "dimensions": {Kind.METRIC},
    "statistic": {Kind.METRIC},
    "on": {Kind.COMMAND},
    "at_least": _COUNTED,
    "at_most": _COUNTED,
}
_EVERY: Mapping[Kind, timedelta] = {Kind.HTTP: _SECOND, Kind.TCP: _SECOND}  # others: ten seconds
_TIMEOUT: Mapping[Kind, timedelta] = {
    Kind.HTTP: 2 * _SECOND,
    Kind.TCP: 2 * _SECOND,
    Kind.COMMAND: 30 * _SECOND,
}


class ProbeTable(Table):
    """``[probes.NAME]``"""

    url: Annotated[str, PlainValidator(probes.read_url)] | None = None
    tcp: Annotated[str, PlainValidator(probes.read_tcp)] | None = None
    target_group: Annotated[str, PlainValidator(probes.read_target_group)] | None = None
    metric: Annotated[str, PlainValidator(probes.read_metric)] | None = None
    command: Annotated[str, PlainValidator(probes.read_command)] | None = None
    every: Span | None = None
    timeout: Span | None = None
    status: Annotated[int, PlainValidator(probes.read_status)] = 200
    contains: Text = ""
    account: Text = ""
    region: Region | None = None
    dimensions: Annotated[tuple[tuple[str, str], ...], PlainValidator(probes.read_dimensions)] = ()
    statistic: Annotated[str, PlainValidator(probes.read_statistic)] = "Average"
    on: Annotated[str, PlainValidator(probes.read_instance)] = ""
    at_least: Bound | None = None
    at_most: Bound | None = None
    errors: Annotated[float, PlainValidator(probes.read_share)] = 0.01
    back_within: Span = timedelta(seconds=60)

    @field_validator("every")
    @classmethod
    def _is_often_enough(cls, every: timedelta, info: ValidationInfo) -> timedelta:
        if any(info.data.get(name) for name, kind in _KINDS.items() if kind in FROM_TOBAN):
            return probes.within(every, 100 * _MS, 60 * _SECOND)
        return probes.within(every, 5 * _SECOND, 10 * _MINUTE)

    @field_validator("timeout")
    @classmethod
    def _is_short(cls, timeout: timedelta) -> timedelta:
        return probes.within(timeout, 100 * _MS, 60 * _SECOND)

    @field_validator("back_within")
    @classmethod
    def _can_be_measured(cls, span: timedelta) -> timedelta:
        return probes.within(span, _SECOND, timedelta(days=1))

    @model_validator(mode="after")
    def _asks_one_thing(self) -> Self:
        asked = [name for name in _KINDS if getattr(self, name)]
        if len(asked) != 1:
            raise Mistake(words("it needs one of {choices}: what it asks.", choices=", ".join(_KINDS)))
        for name in self.model_fields_set & _ONLY_FOR.keys():
            if self.kind not in _ONLY_FOR[name]:
                raise Mistake(words("{setting} is not for a probe of {kind}.", setting=name, kind=asked[0]))
        return self

    @model_validator(mode="after")
    def _says_all_that_is_needed(self) -> Self:
        if self.kind in _AWS and not (self.account and self.region):
            raise Mistake(words("it needs the account and the region in which AWS is asked."))
        if self.kind is Kind.COMMAND and not self.on:
            raise Mistake(words("it needs on: the instance on which the command runs."))
        if self.kind is Kind.METRIC and self.at_least is None and self.at_most is None:
            raise Mistake(words("it needs at_least or at_most: which values are well."))
        return self

    @model_validator(mode="after")
    def _does_not_pile_up(self) -> Self:
        every, timeout = self.rhythm
        if timeout > every * MOST_AT_ONCE:
            raise Mistake(
                words(
                    "asked every {every}, its timeout may be at most {most}.",
                    every=write_duration(every),
                    most=write_duration(every * MOST_AT_ONCE),
                )
            )
        return self

    @property
    def kind(self) -> Kind:
        """What it asks."""
        return next(kind for name, kind in _KINDS.items() if getattr(self, name))

    @property
    def rhythm(self) -> tuple[timedelta, timedelta]:
        """How often it asks and how long it waits, also where nothing is written."""
        every = self.every or _EVERY.get(self.kind, 10 * _SECOND)
        return every, self.timeout or _TIMEOUT.get(self.kind, 10 * _SECOND)


def must_be_asked_somewhere(given: Mapping[str, ProbeTable], regions: Mapping[str, Collection[str]]) -> None:
    """Raises Mistake for a probe of an account or region that the file does not have; `regions` of each."""
    for name, one in given.items():
        if one.account:
            try:
                mail.must_be_known(Place(one.account, one.region or ""), regions)
            except Mistake as error:
                raise Mistake(words("{name}: {why}", name=name, why=error.said)) from None


def probe_of(name: str, table: ProbeTable) -> Probe:
    """What the table says, with all that it leaves out."""
    every, timeout = table.rhythm
    at_least = table.at_least
    if table.kind is Kind.TARGETS and at_least is None and table.at_most is None:
        at_least = 1.0
    return Probe(
        name=name,
        kind=table.kind,
        at=next(str(asked) for one in _KINDS if (asked := getattr(table, one))),
        every=every,
        timeout=timeout,
        status=table.status,
        contains=table.contains,
        account=table.account,
        region=table.region or "",
        dimensions=table.dimensions,
        statistic=table.statistic,
        on=table.on,
        at_least=at_least,
        at_most=table.at_most,
        errors=table.errors,
        back_within=table.back_within,
    )
