"""Forms that a button opens: a verb, some of whose fields are filled in already, and others must be."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.words import Words, words


@dataclass(frozen=True, slots=True)
class Preset:
    """How such a form differs from the verb's own; what it sends is the same line."""

    action: str  # the verb's
    title: Words  # 24 characters, in every language ("Modal views", Slack)
    send: Words  # on the button that sends it; as long
    needs: frozenset[str]  # arguments that the line alone could do without
    says: Words  # what is wanted; said above the fields, and at one that was left empty


IGNORE = "ignore"
PRESETS: Mapping[str, Preset] = {
    IGNORE: Preset(
        "alarm.acknowledge",
        words("Ignore with a reason"),
        words("Ignore"),
        frozenset({"reason"}),
        words("Say why nothing has to be done: it stands in the thread and in the audit log."),
    )
}
"""By the name that comes back with the form."""
