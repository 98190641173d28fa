"""The tables of the third door: the queues that are received from, and what is done with events."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any, Literal, Self

from pydantic import Field, PlainValidator, model_validator

from bot.config import events
from bot.config.kinds import Channel, Length, Member, Person, Region, Table, Text
from bot.config.mistakes import Mistake
from bot.words import words

RETENTION = 14  # days that SQS may keep a message, and deliver it again ("SetQueueAttributes", SQS)
REST = "rest"
"""The name of the rule for all that no other fits."""
Topic = Annotated[str, PlainValidator(events.read_topic)]


class QueueTable(Table):
    """``[queues.NAME]``"""

    account: Text
    region: Region
    url: Annotated[str, PlainValidator(events.read_url)]
    dead_letters: Annotated[str, PlainValidator(events.read_url)] = ""
    topics: list[Topic] = Field(default_factory=list, max_length=50)


class AlarmsTable(Table):
    """``[alarms]``"""

    pictures: Literal["aws", "own"] = "aws"
    keep_days: int = Field(default=90, ge=RETENTION)


class RuleTable(Table):
    """``[rules.NAME]``"""

    pattern: Annotated[Mapping[str, Any], PlainValidator(events.read_pattern)]
    channel: Channel
    severity: Literal["info", "warning", "critical"] | None = None
    mention: Member | None = None
    buttons: list[Text] = Field(default_factory=list, max_length=15)
    do: Text = ""
    when: Literal["begin", "end"] = "begin"
    owner: Person | None = None
    reopen: Length = timedelta(minutes=30)
    after: list[Length] = Field(default_factory=list, max_length=3)
    wider: Member | None = None
    topic: Topic = ""
    at_most: int = Field(default=20, ge=1, le=1000)
    lasts: Length | None = None

    @model_validator(mode="after")
    def _has_somebody_to_answer_for_it(self) -> Self:
        if self.do and not self.owner:
            raise Mistake(words("what it does needs an owner, with whose rights it is asked."))
        if len(self.after) > 1 and not self.wider:
            raise Mistake(words("its second call needs somebody wider to call."))
        if len(self.after) > 2 and not self.topic:
            raise Mistake(words("its third call needs a topic."))
        if len(self.after) > 2 and not self.owner:
            raise Mistake(words("its third call needs an owner, with whose rights the topic is told."))
        if list(self.after) != sorted(set(self.after)):
            raise Mistake(words("its calls must come one after the other, such as [“5m”, “15m”]."))
        return self
