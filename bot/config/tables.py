"""The tables of the config file, as TOML has them."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Self

from pydantic import (
    Field,
    PlainValidator,
    ValidationInfo,
    field_validator,
    model_validator,
)

from aws.account import Place
from bot.config import bill, console, mail, values
from bot.config.event_tables import REST, AlarmsTable, QueueTable, RuleTable
from bot.config.experiment_table import ExperimentTable
from bot.config.kinds import (
    Address,
    Calendar,
    Channel,
    Closing,
    Country,
    Days,
    Language,
    Length,
    Member,
    Money,
    Name,
    Opening,
    Person,
    Region,
    Table,
    Text,
    Time,
    Weekdays,
    Zone,
)
from bot.config.listening_tables import HealthTable, HttpTable
from bot.config.mistakes import Mistake
from bot.config.probe_table import ProbeTable, must_be_asked_somewhere
from bot.costs import LeftOut, Metric
from bot.grammar.suggest import hint
from bot.words import Words, words


class AccountTable(Table):
    """``[accounts.NAME]``"""

    id: Annotated[str, PlainValidator(values.read_account)]
    regions: list[Region] = Field(min_length=1)
    role: Annotated[str, PlainValidator(values.read_role)] | None = None
    external_id: Text | None = None
    timer_role: Annotated[str, PlainValidator(values.read_role)] | None = None
    copy_keys: dict[Region, Text] = Field(default_factory=dict)

    @field_validator("role", "timer_role")
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

    approval: Length = timedelta(minutes=30)
    start: Length = timedelta(minutes=60)


class HoursTable(Table):
    """``[hours.NAME]``"""

    begin: Time
    end: Time
    days: Weekdays
    zone: Zone | None = None
    holidays: list[Country] = Field(default_factory=list)
    closed: list[Closing] = Field(default_factory=list)
    open: list[Opening] = Field(default_factory=list)


class BillTable(Table):
    """``[bill]``"""

    payers: list[Text] = Field(default_factory=list)
    metric: Annotated[Metric, PlainValidator(bill.read_metric)] = Metric.UNBLENDED
    left_out: list[Annotated[LeftOut, PlainValidator(bill.read_left_out)]] = Field(default_factory=list)
    tag: Annotated[str, PlainValidator(bill.read_tag)] = ""
    floor: Money = Decimal(10)
    mention: Annotated[str, PlainValidator(values.read_member)] = ""
    mention_above: Money = Decimal(100)
    questions: Annotated[int, PlainValidator(bill.read_questions)] = 20


class MailTable(Table):
    """``[mail]``"""

    sender: Address = Field(alias="from")
    smtp: Annotated[mail.Relay, PlainValidator(mail.read_relay)] | None = None
    ses: Annotated[Place, PlainValidator(mail.read_ses)] | None = None

    @model_validator(mode="after")
    def _goes_one_way(self) -> Self:
        if (self.smtp is None) == (self.ses is None):
            raise Mistake(words("it needs either smtp or ses: who is to send, a mail server or Amazon SES."))
        return self


class ConsoleTable(Table):
    """``[console]``"""

    portal: Annotated[str, PlainValidator(console.read_portal)] = ""
    role: Text = ""


class ScheduleTable(Table):
    """``[schedules.NAME]``"""

    line: Text
    days: Days | None = None
    time: Time | None = None
    hours: Text | None = None
    channel: Channel
    owner: Person
    zone: Zone | None = None
    most_deletions: int = Field(default=0, ge=0)
    grace: Length = timedelta(hours=1)
    mail: list[Address] = Field(default_factory=list)

    @model_validator(mode="after")
    def _is_due_in_one_way(self) -> Self:
        if self.hours and (self.days or self.time or self.zone):
            raise Mistake(words("its hours say when it is due; take days, time and zone away."))
        if not self.hours and not (self.days and self.time):
            raise Mistake(words("it needs days and a time, or the hours whose begin and end it follows."))
        return self


class File(Table):
    """The whole file."""

    zone: Zone
    accounts: Mapping[Name, AccountTable] = Field(min_length=1)
    language: Language | None = None
    policy: Text | None = None
    reports: Channel | None = None
    channels: Mapping[Channel, ChannelTable] = Field(default_factory=dict)
    groups: Mapping[Name, list[Member]] = Field(default_factory=dict)
    limits: LimitsTable = LimitsTable()
    within: Mapping[str, Length] = Field(default_factory=dict)
    hours: Mapping[Calendar, HoursTable] = Field(default_factory=dict)
    bill: BillTable = BillTable()
    mail: MailTable | None = None
    health: HealthTable | None = None
    http: HttpTable | None = None
    console: ConsoleTable = ConsoleTable()
    probes: Mapping[Name, ProbeTable] = Field(default_factory=dict)
    experiments: Mapping[Name, ExperimentTable] = Field(default_factory=dict)
    alarms: AlarmsTable = AlarmsTable()
    queues: Mapping[Name, QueueTable] = Field(default_factory=dict)
    rules: Mapping[Name, RuleTable] = Field(default_factory=dict)
    schedules: Mapping[Name, ScheduleTable] = Field(default_factory=dict)

    @field_validator("accounts")
    @classmethod
    def _are_different(cls, accounts: Mapping[str, AccountTable]) -> Mapping[str, AccountTable]:
        ids = [account.id for account in accounts.values()]
        for name, account in accounts.items():
            if ids.count(account.id) > 1:
                raise Mistake(words("{name} has the id of another account: {id}.", name=name, id=account.id))
        return accounts

    @field_validator("bill")
    @classmethod
    def _asks_known_accounts(cls, given: BillTable, info: ValidationInfo) -> BillTable:
        accounts = info.data.get("accounts", {})
        if "accounts" in info.data:
            for payer in given.payers:
                _must_be_known("payers", payer, accounts)
        return given

    @field_validator("mail")
    @classmethod
    def _is_sent_by_a_known_account(cls, given: MailTable | None, info: ValidationInfo) -> MailTable | None:
        accounts: Mapping[str, AccountTable] = info.data.get("accounts", {})
        if given and given.ses and "accounts" in info.data:
            mail.must_be_known(given.ses, {name: one.regions for name, one in accounts.items()})
        return given

    @field_validator("probes")
    @classmethod
    def _ask_known_accounts(
        cls, given: Mapping[str, ProbeTable], info: ValidationInfo
    ) -> Mapping[str, ProbeTable]:
        if "accounts" in info.data:
            must_be_asked_somewhere(given, {name: one.regions for name, one in info.data["accounts"].items()})
        return given

    @field_validator("queues")
    @classmethod
    def _are_of_known_accounts(
        cls, queues: Mapping[str, QueueTable], info: ValidationInfo
    ) -> Mapping[str, QueueTable]:
        accounts = info.data.get("accounts", {})
        if "accounts" in info.data:
            for name, one in queues.items():
                _must_be_known(name, one.account, accounts)
        return queues

    @field_validator("rules")
    @classmethod
    def _leave_the_rest_to_toban(cls, rules: Mapping[str, RuleTable]) -> Mapping[str, RuleTable]:
        if REST in rules:
            raise Mistake(words("{name} is toban's own rule, for what no other fits.", name=REST))
        return rules

    @field_validator("schedules")
    @classmethod
    def _have_their_mail_sent(
        cls, schedules: Mapping[str, ScheduleTable], info: ValidationInfo
    ) -> Mapping[str, ScheduleTable]:
        for name, one in schedules.items():
            if one.mail and "mail" in info.data and info.data["mail"] is None:
                why = words(
                    "{name} names mail, but there is no table [mail] that says who sends it.", name=name
                )
                raise Mistake(why)
        return schedules

    @field_validator("schedules")
    @classmethod
    def _keep_known_hours(
        cls, schedules: Mapping[str, ScheduleTable], info: ValidationInfo
    ) -> Mapping[str, ScheduleTable]:
        calendars = info.data.get("hours", {})
        for name, one in schedules.items():
            if one.hours and one.hours not in calendars and "hours" in info.data:
                near = hint(one.hours, calendars)
                raise Mistake(
                    words(
                        "{name}: there is no calendar “{hours}”. {hint}",
                        name=name,
                        hours=one.hours,
                        hint=near,
                    )
                )
        return schedules


_TABLES: Mapping[str, type[Table]] = {
    "accounts": AccountTable,
    "alarms": AlarmsTable,
    "bill": BillTable,
    "channels": ChannelTable,
    "console": ConsoleTable,
    "experiments": ExperimentTable,
    "health": HealthTable,
    "hours": HoursTable,
    "http": HttpTable,
    "limits": LimitsTable,
    "mail": MailTable,
    "probes": ProbeTable,
    "queues": QueueTable,
    "rules": RuleTable,
    "schedules": ScheduleTable,
}


def instead(keys: tuple[str, ...]) -> Words:
    """Which keys there are where this unknown one stands."""
    table = _TABLES[keys[0]] if len(keys) > 1 else File
    return hint(keys[-1], [field.alias or name for name, field in table.model_fields.items()])


def _must_be_known(where: str, account: str, accounts: Mapping[str, AccountTable]) -> None:
    """Raises Mistake for an account that the file does not have."""
    if account not in accounts:
        near = hint(account, accounts)
        raise Mistake(
            words("{name}: there is no account “{account}”. {hint}", name=where, account=account, hint=near)
        )
