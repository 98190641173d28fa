"""The one way the local Slack says no.

The codes are Slack's own, as its pages on each Web API method list them.
"""

from collections.abc import Sequence

from playground.slack.shapes import Json


class Refusal(Exception):
    """Slack answers `{"ok": false, "error": code}`; details tell what was wrong, where."""

    def __init__(self, code: str, details: Sequence[str] = ()) -> None:
        super().__init__(code, *details)
        self.code = code
        self.details = tuple(details)

    def as_slack(self) -> Json:
        """Return the body Slack would answer with."""
        body: Json = {"ok": False, "error": self.code}
        if self.details:
            body["errors"] = list(self.details)
            body["response_metadata"] = {"messages": [f"[ERROR] {each}" for each in self.details]}
        return body


class CannotDoError(Exception):
    """A person cannot do this in Slack: there is no such button, form or channel for them."""
