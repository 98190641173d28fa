"""Scopes: the app has all that its manifest asks for, also what toban has learned since it was installed."""

from collections.abc import Iterator

from bot.doctor.finding import Finding, Says
from bot.slack.manifest import SCOPES
from bot.slack.sight import Sight

NAME = "slack scopes"
_SAYS = Says(NAME)
_AGAIN = (
    "Put what `toban manifest` prints into the app's page App Manifest,"
    " then install the app again (its page Install App)."
)


def look(slack: Sight) -> Iterator[Finding]:
    """What was granted beside what is needed.  Raises SlackSaysNo or SlackAway."""
    granted = slack.who().scopes
    missing = [scope for scope in SCOPES if scope not in granted]
    if missing:
        yield _SAYS.failed(f"The bot lacks {', '.join(missing)}.", _AGAIN)
    else:
        yield _SAYS.ok(f"The bot has all {len(SCOPES)} scopes of the manifest.")
