"""The tables of the config file, as TOML has them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, ValidationInfo, field_validator

from bot.config import values
from bot.config.mistakes import Mistake
from bot.grammar.suggest import hint
from bot.words import Words, words

Language = Literal["en", "ja"]
Name = Annotated[str, PlainValidator(values.read_name)]
Person = Annotated[str, PlainValidator(values.read_person)]
Member = Annotated[str, PlainValidator(values.read_member)]
Channel = Annotated[str, PlainValidator(values.read_channel)]
Region = Annotated[str, PlainValidator(values.read_region)]
Text = Annotated[str, PlainValidator(values.read_text)]
Span = Annotated[timedelta, PlainValidator(values.read_span)]
Zone = Annotated[ZoneInfo, PlainValidator(values.read_zone)]


class Table(BaseModel):
    """A table that knows all its keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)


class AccountTable(Table):
    """``[accounts.NAME]``"""

    id: Annotated[str, PlainValidator(values.read_account)]
    regions: list[Region] = Field(min_length=1)
    role: Annotated[str, PlainValidator(values.read_role)] | None = None
    external_id: Text | None = None
    copy_keys: dict[Region, Text] = Field(default_factory=dict)

    @field_validator("role")
    @classmethod
    def _of_this_account(cls, role: str | None, info: ValidationInfo) -> str | None:
        account = info.data.get("id")
        if role and account and values.account_of(role) != account:
            raise Mistake(words("the role is of another account than {account}.", account=account))
        return role


class ChannelTable(Table):
    """``[channels.C…]``"""

    language: Language


class LimitsTable(Table):
    """``[limits]``"""

    approval: Span = timedelta(minutes=30)
    start: Span = timedelta(minutes=60)


class ScheduleTable(Table):
    """``[schedules.NAME]``"""

    line: Text
    days: Annotated[tuple[str, ...], PlainValidator(values.read_days)]
    time: Annotated[str, PlainValidator(values.read_time)]
    channel: Channel
    owner: Person
    zone: Zone | None = None
    most_deletions: int = Field(default=0, ge=0)
    grace: Span = timedelta(hours=1)


class File(Table):
    """The whole file."""

    zone: Zone
    accounts: Mapping[Name, AccountTable] = Field(min_length=1)
    language: Language = "en"
    policy: Text | None = None
    reports: Channel | None = None
    channels: Mapping[Channel, ChannelTable] = Field(default_factory=dict)
    groups: Mapping[Name, list[Member]] = Field(default_factory=dict)
    limits: LimitsTable = LimitsTable()
    schedules: Mapping[Name, ScheduleTable] = Field(default_factory=dict)

    @field_validator("accounts")
    @classmethod
    def _are_different(cls, accounts: Mapping[str, AccountTable]) -> Mapping[str, AccountTable]:
        ids = [account.id for account in accounts.values()]
        for name, account in accounts.items():
            if ids.count(account.id) > 1:
                raise Mistake(words("{name} has the id of another account: {id}.", name=name, id=account.id))
        return accounts


_TABLES: Mapping[str, type[Table]] = {
    "accounts": AccountTable,
    "channels": ChannelTable,
    "limits": LimitsTable,
    "schedules": ScheduleTable,
}


def instead(keys: tuple[str, ...]) -> Words:
    """Which keys there are where this unknown one stands."""
    table = _TABLES[keys[0]] if len(keys) > 1 else File
    return hint(keys[-1], table.model_fields)
