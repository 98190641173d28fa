"""The whole: a local Slack, a local AWS and the real bot between them, and hands to use them with."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.operation import ENDS, State
from bot.policy.policy import DEFAULT
from bot.settings import load
from bot.wiring import Bot
from playground.aws.server import LocalAws
from playground.slack.message import Message
from playground.slack.office import Outcome
from playground.slack.people import Person
from playground.slack.server import LocalSlack

OPERATOR, APPROVER, SECOND, READER = "U0SATO", "U0SUZUKI", "U0MILLER", "U0ITO"
OPS, ENGLISH = "C0OPS", "C0OPSPROD"  # the Japanese channel and the English one
TOKYO = "ap-northeast-1"
ACCOUNTS = {"prod": "111111111111", "dev": "222222222222"}
CONFIG = """
zone = "Asia/Tokyo"
language = "ja"
policy = "policy.cedar"

[accounts.prod]
id = "111111111111"
regions = ["ap-northeast-1"]
role = "arn:aws:iam::111111111111:role/toban"

[accounts.dev]
id = "222222222222"
regions = ["ap-northeast-1"]
role = "arn:aws:iam::222222222222:role/toban"

[channels.C0OPSPROD]
language = "en"

[groups]
operators = ["S0OPERATORS"]
approvers = ["S0APPROVERS"]
"""
TWO_AGREE = """
@id("critical-needs-two")
forbid (principal, action in Action::"change", resource)
when { resource.hasTag("critical") && resource.getTag("critical") == "yes" && context.approvals < 2 };
"""


@dataclass
class Whole:
    """Everything, over real wires.  `bot` runs in this process between `start` and `stop`."""

    slack: LocalSlack
    aws: LocalAws
    folder: Path
    bots: list[Bot] = field(default_factory=list)

    @property
    def bot(self) -> Bot:
        """The one that runs, or ran last."""
        return self.bots[-1]

    @property
    def environ(self) -> dict[str, str]:
        """The variables a bot of this workspace and these accounts is started with."""
        return {
            "SLACK_BOT_TOKEN": self.slack.bot_token,
            "SLACK_APP_TOKEN": self.slack.app_token,
            "SLACK_API_URL": self.slack.api_url,
            "TOBAN_DATABASE_URL": f"sqlite:///{self.folder}/toban.db",
            "TOBAN_CONFIG": str(self.folder / "toban.toml"),
        }

    # -- the bot -------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start a bot in this process, and return when it is connected and knows who is who."""
        bot = Bot(load(self.environ))
        self.bots.append(bot)
        bot.start()
        self.slack.socket.wait_for_connections(2, timeout=10)
        self.until(lambda: len(list(bot.house.path.people.everybody())) >= 3)

    def stop(self) -> None:
        """Stop it as SIGTERM would."""
        self.bot.stop()

    def restart(self) -> None:
        """Stop it, and start another over the same database."""
        self.stop()
        self.start()

    # -- people --------------------------------------------------------------------------------------

    def asks(self, line: str, person: str = OPERATOR, channel: str = ENGLISH) -> int:
        """Type a slash command that is taken; returns the operation's number."""
        told = self.types(line, person, channel)
        assert told.shown == "", told.shown
        return self.number(f"slash:{told.payload['trigger_id']}")

    def types(self, line: str, person: str = OPERATOR, channel: str = ENGLISH) -> Outcome:
        """Type a slash command; it is acknowledged in time."""
        told = self.slack.as_person(person).types(channel, line)
        assert told.acked, told.why
        return told

    def clicks(self, number: int, person: str, button: str = "toban.approve") -> str:
        """Click on an operation's card; returns the one sentence that only the clicker reads for it."""
        card = self.card(number)
        before = {each.ts for each in self.slack.ephemerals(card.channel, person)}
        assert self.slack.as_person(person).clicks(card, button).acked
        answer = self.slack.wait_for_ephemeral(card.channel, person, lambda m: m.ts not in before)
        return answer.text

    # -- what there is to see ------------------------------------------------------------------------

    def until(self, holds: Callable[[], bool], timeout: float = 10.0) -> None:
        """Return when something holds.  Raises TimeoutError."""
        self.slack.wait_until(holds, timeout)

    def card(self, number: int, state: str = "") -> Message:
        """The operation's one message, once it shows this state."""
        letter = self.letter(number)

        def is_it(message: Message) -> bool:
            return carries(message, letter) and state in message.text

        return self.slack.wait_for_message(self.channel_of(number), is_it, timeout=10)

    def reply(self, number: int, about: str) -> Message:
        """What was said about it in its card's thread."""
        letter = self.letter(number, f"reply:{number}:{about}")
        return self.slack.wait_for_message(self.channel_of(number), lambda m: carries(m, letter), timeout=10)

    def copies(self, letter: str) -> int:
        """How many messages carry this letter, wherever."""
        return sum(
            carries(message, letter)
            for channel in self.slack.workspace.channels
            for message in self.slack.messages(channel)
        )

    def all_sent(self) -> bool:
        """Whether no letter waits."""
        return self.rows("select count(*) from outbox where next_try is not null") == [(0,)]

    def ended(self, *numbers: int, timeout: float = 10.0) -> list[State]:
        """How these operations ended, once they have and all is said."""
        self.until(lambda: all(self.state(number) in ENDS for number in numbers), timeout)
        self.until(self.all_sent, timeout)
        return [self.state(number) for number in numbers]

    def instances(self, account: str = "dev") -> dict[str, str]:
        """The instances of an account with their states."""
        found = self.aws.client("ec2", account=ACCOUNTS[account], region=TOKYO).describe_instances()
        return {
            one["InstanceId"]: one["State"]["Name"]
            for reservation in found["Reservations"]
            for one in reservation["Instances"]
        }

    # -- rows ----------------------------------------------------------------------------------------

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Read the bot's database beside it."""
        with closing(sqlite3.connect(f"file:{self.folder}/toban.db?mode=ro", uri=True)) as tx:
            return [tuple(row) for row in tx.execute(query, values)]

    def number(self, key: str) -> int:
        """The operation of one delivery."""
        ((number,),) = self.rows("select id from asks where key = ?", key)
        return int(number)

    def state(self, number: int) -> State:
        """Where an operation stands."""
        ((state,),) = self.rows("select state from operations where id = ?", number)
        return State(state)

    def letter(self, number: int, key: str = "") -> str:
        """The outbox id of an operation's card, or of another letter, once there is one."""
        query = "select id from outbox where operation = ? and key = ?"
        values = number, key or f"card:{number}:"
        self.until(lambda: bool(self.rows(query, *values)))
        return str(self.rows(query, *values)[0][0])

    def channel_of(self, number: int) -> str:
        """Where it was asked."""
        return str(self.rows("select channel from asks where id = ?", number)[0][0])


def carries(message: Message, letter: str) -> bool:
    """Whether a message is this letter of the outbox."""
    payload = (message.metadata or {}).get("event_payload", {})
    return isinstance(payload, dict) and payload.get("outbox") == letter


@contextmanager
def the_whole(aws: LocalAws, folder: Path, *, config: str = "", running: bool = True) -> Iterator[Whole]:
    """A workspace, two empty accounts, and the bot; `config` is added to its config file."""
    (folder / "toban.toml").write_text(CONFIG + config, encoding="utf-8")
    (folder / "policy.cedar").write_text(DEFAULT.read_text(encoding="utf-8") + TWO_AGREE, encoding="utf-8")
    with LocalSlack() as slack:
        hire(slack, "U0ENDO", "S0OPERATORS")
        there = Whole(slack, aws, folder)
        if running:
            there.start()
        try:
            yield there
        finally:
            if running:
                there.stop()


def hire(slack: LocalSlack, user: str, group: str) -> None:
    """A fifth person, who reads English and is in this user group."""
    room = slack.workspace
    room.people[user] = Person(user, user[2:].lower(), user, "en-US")
    for channel in (OPS, ENGLISH):
        room.channels[channel].members.add(user)
    old = room.groups[group]
    room.groups[group] = type(old)(old.id, old.handle, old.name, (*old.users, user))


def run_instances(aws: LocalAws, account: str, count: int = 1, **tags: str) -> tuple[str, ...]:
    """Instances with these tags, running."""
    listed = [{"Key": key, "Value": value} for key, value in tags.items()]
    kinds = ("instance", "volume")
    made = aws.client("ec2", account=ACCOUNTS[account], region=TOKYO).run_instances(
        ImageId="ami-12c6146b",
        MinCount=count,
        MaxCount=count,
        TagSpecifications=[{"ResourceType": kind, "Tags": listed} for kind in kinds],
    )
    return tuple(one["InstanceId"] for one in made["Instances"])
