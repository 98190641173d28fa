"""One call of a Web API method, and how its arguments are read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from playground.slack.errors import Refusal
from playground.slack.shapes import Json, decoded
from playground.slack.workspace import Workspace

Thing = TypeVar("Thing")
PAGE, LARGEST_PAGE = 100, 1000


@dataclass(frozen=True, slots=True)
class Call:
    """What was asked: form fields come as text, JSON bodies as they are."""

    slack: Workspace
    args: Json
    url: str  # this Slack's own address, such as http://127.0.0.1:4711

    def word(self, name: str, default: str = "") -> str:
        """Return a text argument."""
        value = self.args.get(name)
        return default if value is None else str(value)

    def need(self, name: str) -> str:
        """Return a text argument.  Raises Refusal invalid_arguments when it is missing."""
        value = self.word(name)
        if not value:
            raise Refusal("invalid_arguments", [f"missing required field: {name}"])
        return value

    def flag(self, name: str) -> bool:
        """Return an argument that is true or false."""
        return self.word(name).lower() in {"true", "1"}

    def number(self, name: str, default: int) -> int:
        """Return a whole number.  Raises Refusal invalid_arguments."""
        try:
            return int(self.word(name) or default)
        except ValueError:
            raise Refusal("invalid_arguments", [f"{name} must be a number"]) from None

    def structure(self, name: str) -> object:
        """Return a JSON argument.  Raises Refusal invalid_arguments."""
        try:
            return decoded(self.args.get(name))
        except ValueError:
            raise Refusal("invalid_arguments", [f"{name} must be JSON"]) from None


Method: TypeAlias = Callable[[Call], Json]


def page(
    call: Call, things: Sequence[Thing], *, bad_limit: str = "invalid_arguments"
) -> tuple[Sequence[Thing], Json]:
    """Return one page of things and what tells the caller where the next begins.

    Raises Refusal invalid_cursor, or bad_limit: only some of Slack's pages know invalid_limit.
    """
    limit = call.number("limit", PAGE)
    if not 1 <= limit <= LARGEST_PAGE:
        raise Refusal(bad_limit)
    cursor = call.word("cursor")
    if cursor and not cursor.removeprefix("next:").isdigit():
        raise Refusal("invalid_cursor")
    start = int(cursor.removeprefix("next:") or 0)
    end = start + limit
    following = f"next:{end}" if end < len(things) else ""
    return things[start:end], {"response_metadata": {"next_cursor": following}}
