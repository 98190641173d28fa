"""Settings: the environment and the config file, read once, checked whole, frozen.

Nothing is started or connected here, and nothing but these two is read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import SecretStr, ValidationError

from aws.account import AccountConfig
from bot.config import environment, files, office_hours, rotation, slacks_way, token_file
from bot.config.environment import Environment, WithoutSlack, WithoutSocket
from bot.config.event_tables import REST, RuleTable
from bot.config.experiment_table import parts_of
from bot.config.health import Listen
from bot.config.http import Http
from bot.config.kinds import Language
from bot.config.mail import Login, MailRules
from bot.config.mistakes import SettingsError, told
from bot.config.probe_table import probe_of
from bot.config.public_holidays import PublicHolidays
from bot.config.rotation import Rotating
from bot.config.tables import File, HoursTable
from bot.console import Console
from bot.costs import BillRules
from bot.drill import Part
from bot.event import Queue
from bot.hours import Hours
from bot.probe import Probe
from bot.role import Role
from bot.schedule import Schedule
from bot.store.visit import beside
from bot.trouble import AlarmRules, Rule, Severity
from bot.words import Words, words

__all__ = ["Limits", "Settings", "SettingsError", "load", "load_without_slack"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How long people have."""

    approval: timedelta  # from plan to the last click
    start: timedelta  # from the last click to the first call


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that is set, as it holds until the process ends."""

    slack_bot_token: SecretStr  # "" for who speaks no Slack
    slack_app_token: SecretStr
    slack_api_url: str  # ends with /
    database_url: str = field(repr=False)  # with its password
    audit_key: SecretStr | None  # None: the key lies in `audit_key_file`
    config: Path
    zone: ZoneInfo  # the team's
    language: Language | None  # of channels that say nothing; None: the workspace's
    policy: Path | None  # None: the policy that ships
    accounts: tuple[AccountConfig, ...]
    channels: Mapping[str, str]  # id -> language
    reports: str  # the channel in which toban speaks of itself; "" when there is none
    groups: Mapping[str, tuple[str, ...]]  # name -> ids of people (U…) and of user groups (S…)
    limits: Limits
    schedules: tuple[Schedule, ...]  # their lines as written, not yet canonical
    hours: Mapping[str, Hours] = field(default_factory=dict)  # calendars by name
    within: Mapping[str, timedelta] = field(default_factory=dict)  # action -> how long AWS may take for it
    bill: BillRules = field(default_factory=BillRules)
    queues: tuple[Queue, ...] = ()
    alarms: AlarmRules = field(default_factory=AlarmRules)
    rules: tuple[Rule, ...] = ()  # in their order; the last is for all that is left
    mail: MailRules | None = None  # None: nothing goes by mail
    probes: Mapping[str, Probe] = field(default_factory=dict)  # by name, for failure tests
    experiments: Mapping[str, Sequence[Part]] = field(default_factory=dict)  # by name: several faults as one
    health: Listen | None = None  # where the pages for monitors are served; None: nowhere
    http: Http | None = None  # how Slack's requests come in; None: by sockets that toban opens
    slack_signing_secret: SecretStr = field(default=SecretStr(""))  # what proves that they are Slack's
    console: Console = field(default_factory=Console)  # where the names of resources lead
    slack_bot_token_file: Path | None = None  # where the bot's token was read, and a newer one will stand
    rotating: Rotating | None = None  # what the bot's token is renewed with; None: it never expires

    @property
    def database_file(self) -> Path:
        """The SQLite file; of a database on a server, where what would lie beside it lies here."""
        return beside(self.database_url)

    @property
    def audit_key_file(self) -> Path:
        """Beside the database; it is made at the first start."""
        return self.database_file.with_suffix(".audit-key")


def load(environ: Mapping[str, str], role: Role = Role.ALL) -> Settings:
    """Read and check all settings of a process with this role.

    Raises SettingsError, which names everything that is missing or wrong at once and quotes no secret.
    """
    settings = _load(environ, Environment if role.listens else WithoutSocket)
    if role is not Role.ALL and settings.database_url.startswith("sqlite"):
        raise SettingsError([_alone(role)])
    return settings


def _alone(role: Role) -> Words:
    return words(
        "--role {role}: a SQLite file belongs to one process, which does everything. Start toban without"
        " --role, or put the state on a PostgreSQL (TOBAN_DATABASE_URL; `toban db copy` carries it there).",
        role=role,
    )


def load_without_slack(environ: Mapping[str, str]) -> Settings:
    """The same for `toban plan` and `toban audit`, which speak no Slack: its tokens are not asked for."""
    return _load(environ, WithoutSlack)


def _load(environ: Mapping[str, str], kind: type[Environment]) -> Settings:
    mistakes = list(environment.misspelt(environ))
    variables = _variables(environ, kind, mistakes)
    path = environment.config_file(environ)
    if kind is not WithoutSlack:
        mistakes += rotation.wrong(environment.given(environ))
    in_file: list[Words] = []
    file = files.read(path, in_file)
    if kind is Environment:
        mistakes += slacks_way.wrong(environment.given(environ), file)
    mistakes += in_file
    if mistakes or variables is None or file is None:
        raise SettingsError(mistakes)
    return _settings(variables, path, file)


def _variables(
    environ: Mapping[str, str], kind: type[Environment], mistakes: list[Words]
) -> Environment | None:
    try:
        return kind.model_validate(token_file.read(environment.given(environ, kind), mistakes))
    except ValidationError as error:
        mistakes += told(error, environment.place, lambda _: words("Remove it."))
        return None


def _settings(variables: Environment, path: Path, file: File) -> Settings:
    holidays = {tuple(one.holidays): PublicHolidays(tuple(one.holidays)) for one in file.hours.values()}
    hours = {name: _hours(name, one, file.zone, holidays) for name, one in file.hours.items()}
    return Settings(
        slack_bot_token=variables.slack_bot_token,
        slack_app_token=variables.slack_app_token,
        slack_api_url=variables.slack_api_url,
        database_url=variables.toban_database_url,
        audit_key=variables.toban_audit_key,
        config=path,
        zone=file.zone,
        language=file.language,
        policy=files.policy_of(path, file),
        accounts=tuple(
            AccountConfig(
                name, one.id, tuple(one.regions), one.role, one.external_id, one.copy_keys, one.timer_role
            )
            for name, one in file.accounts.items()
        ),
        channels={channel: one.language for channel, one in file.channels.items()},
        reports=file.reports or next(iter(file.channels), ""),
        groups={name: tuple(members) for name, members in file.groups.items()},
        limits=Limits(file.limits.approval, file.limits.start),
        schedules=tuple(_schedule(name, file, hours) for name in file.schedules),
        hours=hours,
        within=file.within,
        bill=_bill(file),
        queues=tuple(
            Queue(name, one.account, one.region, one.url, one.dead_letters, tuple(one.topics))
            for name, one in file.queues.items()
        ),
        alarms=AlarmRules(file.alarms.pictures == "aws", timedelta(days=file.alarms.keep_days)),
        rules=_rules(file),
        mail=_mail(variables, file),
        probes={name: probe_of(name, one) for name, one in file.probes.items()},
        experiments={name: parts_of(one) for name, one in file.experiments.items()},
        health=file.health.listen if file.health else None,
        http=Http(file.http.url, file.http.listen) if file.http else None,
        console=_console(file),
        slack_signing_secret=variables.slack_signing_secret,
        slack_bot_token_file=variables.slack_bot_token_file,
        rotating=_rotating(variables),
    )


def _console(file: File) -> Console:
    ids = {name: one.id for name, one in file.accounts.items()}
    return Console(file.console.portal, file.console.role, ids)


def _rotating(variables: Environment) -> Rotating | None:
    one = variables
    if not one.slack_client_id or not one.slack_refresh_token.get_secret_value():
        return None
    return Rotating(one.slack_refresh_token, one.slack_client_id, one.slack_client_secret)


def _mail(variables: Environment, file: File) -> MailRules | None:
    one = file.mail
    by = one and (one.smtp or one.ses)
    if not one or not by:
        return None
    user, password = variables.toban_smtp_user, variables.toban_smtp_password
    return MailRules(one.sender, by, Login(user, password) if user.get_secret_value() else None)


def _bill(file: File) -> BillRules:
    one = file.bill
    return BillRules(
        payers=tuple(dict.fromkeys(one.payers or file.accounts)),
        metric=one.metric,
        left_out=tuple(dict.fromkeys(one.left_out)),
        tag=one.tag,
        floor=one.floor,
        mention=one.mention,
        mention_above=one.mention_above,
        questions=one.questions,
    )


def _rules(file: File) -> tuple[Rule, ...]:
    """Those of the file, then one for all that is left: nothing that AWS says is dropped."""
    named = tuple(_rule(name, one) for name, one in file.rules.items())
    channel = file.reports or next(iter(file.channels), "")
    return (*named, Rule(REST, {"source": [{"exists": True}]}, channel)) if channel else named


def _rule(name: str, one: RuleTable) -> Rule:
    return Rule(
        name=name,
        pattern=one.pattern,
        channel=one.channel,
        severity=Severity(one.severity) if one.severity else None,
        mention=one.mention or "",
        buttons=tuple(one.buttons),
        do=one.do,
        when=one.when,
        owner=one.owner or "",
        reopen=one.reopen,
        after=tuple(one.after),
        wider=one.wider or "",
        topic=one.topic,
        at_most=one.at_most,
        lasts=one.lasts,
    )


def _hours(
    name: str, one: HoursTable, zone: ZoneInfo, holidays: Mapping[tuple[str, ...], PublicHolidays]
) -> Hours:
    usual, countries = office_hours.span(one.begin, one.end), tuple(one.holidays)
    return Hours(
        name=name,
        span=usual,
        days=one.days,
        zone=one.zone or zone,
        countries=countries,
        holidays=holidays[countries] if countries else frozenset(),
        closed=tuple(one.closed),
        open=tuple((dates, own or usual) for dates, own in one.open),
    )


def _schedule(name: str, file: File, calendars: Mapping[str, Hours]) -> Schedule:
    one = file.schedules[name]
    channel = file.channels.get(one.channel)
    hours = calendars[one.hours] if one.hours else None
    return Schedule(
        name=name,
        line=one.line.strip(),
        days=one.days or (),
        time=one.time or "",
        zone=(hours.zone if hours else one.zone or file.zone).key,
        channel=one.channel,
        owner=one.owner,
        most_deletions=one.most_deletions,
        grace=one.grace,
        language=channel.language if channel else file.language or "en",
        hours=hours,
        mail=tuple(dict.fromkeys(one.mail)),
    )
