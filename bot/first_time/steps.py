"""What is left to do once the config file is there."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.doctor.finding import Finding, Health
from bot.doctor.report import text

DEFAULT = Path("toban.toml")


def steps(config: Path, link: str) -> Iterator[str]:
    """The steps, a line each."""
    yield "1. Slack: open this address, choose your workspace, Create, then Install to Workspace."
    yield f"   {link}"
    yield "   Or: https://api.slack.com/apps, Create New App, From a manifest: what `toban manifest` prints."
    yield "2. Put into the environment of toban, never into a file that is kept with the code:"
    yield "   SLACK_BOT_TOKEN  the Bot User OAuth Token, xoxb-… (the app's page OAuth & Permissions)"
    yield "   SLACK_APP_TOKEN  an app-level token with connections:write, xapp-… (Basic Information)"
    if config != DEFAULT:
        yield f"   TOBAN_CONFIG     {config}"
    yield "3. AWS: make the roles of the config with what these print, and give toban an identity, not a key."
    yield "   toban iam-policy --out iam"
    yield "   toban iam-policy --trust --principal arn:aws:iam::123456789012:role/NAME  (toban's own role)"
    yield "4. Slack: type /invite @toban in each of its channels."
    yield "5. Ask `toban doctor` until it is content, then start `toban run`."


def missing(findings: Sequence[Finding]) -> str:
    """What the doctor says is not well yet."""
    wrong = [one for one in findings if one.health is not Health.OK]
    if not wrong:
        return "Nothing is missing: start `toban run`.\n"
    return f"Still missing, says the doctor:\n{text(wrong, ())}"
