"""What a form is about: it goes to Slack with the form, unseen, and comes back with every delivery.

Source: "Modal views", private_metadata (Slack).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.slack.payload import json_of, part_of, text_of
from bot.views.preset import PRESETS, Preset


@dataclass(frozen=True, slots=True)
class About:
    """Which verb, from where it was opened, and what was settled before."""

    verb: str  # its action
    channel: str
    thread: str = ""  # in which it stands what the form asks
    name: str = ""  # of the preset it was opened as
    given: Mapping[str, str] = field(default_factory=dict)  # arguments that are filled in already

    @property
    def preset(self) -> Preset | None:
        """What a button opened it as; None for the verb's own form."""
        return PRESETS.get(self.name)

    def written(self) -> str:
        """As it goes to Slack."""
        about: dict[str, object] = {"verb": self.verb, "channel": self.channel}
        if self.thread:
            about["thread"] = self.thread
        if self.name:
            about |= {"preset": self.name, "given": dict(self.given)}
        return json.dumps(about)


def read(metadata: str) -> About:
    """What came back; what cannot be read is about no verb."""
    about = json_of(metadata)
    given = {name: value for name, value in part_of(about, "given").items() if isinstance(value, str)}
    return About(
        text_of(about, "verb"),
        text_of(about, "channel"),
        text_of(about, "thread"),
        text_of(about, "preset"),
        given,
    )
