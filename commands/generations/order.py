"""What a backup is asked for, whoever asks.  Pure."""

from dataclasses import dataclass

from commands.generations.keep import Keep


@dataclass(frozen=True, slots=True)
class Freeze:
    """What to run before and after the snapshots of an instance are begun."""

    before: str
    after: str
    seconds: int  # then the instance thaws by itself


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for; the tags of a volume or instance go before it."""

    keep: Keep
    copy_to: tuple[str, ...] = ()
    without: tuple[str, ...] = ()  # tags as they are typed: Key=Value, or Key for any value
    former: bool = False  # what the Lambda functions made that toban replaces counts too
    night: str = ""  # a local date: what has a snapshot of this night needs no other
    freeze: Freeze | None = None
