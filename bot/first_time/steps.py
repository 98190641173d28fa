"""What is left to do once the config file is there."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.config.http import PATH
from bot.doctor.finding import Finding, Health
from bot.doctor.report import text

DEFAULT = Path("toban.toml")


def steps(config: Path, link: str, url: str = "") -> Iterator[str]:
    """The steps, a line each; `url` is where Slack finds toban by HTTP, "" for Socket Mode."""
    yield "1. Slack: open this address, choose your workspace, Create, then Install to Workspace."
    yield f"   {link}"
    yield "   Or: https://api.slack.com/apps, Create New App, From a manifest: what"
    yield f"   `{_manifest(url)}` prints."
    yield "2. Put into the environment of toban, never into a file that is kept with the code:"
    yield "   SLACK_BOT_TOKEN  the Bot User OAuth Token, xoxb-… (the app's page OAuth & Permissions)"
    if url:
        yield "   SLACK_SIGNING_SECRET  the Signing Secret (Basic Information)"
    else:
        yield "   SLACK_APP_TOKEN  an app-level token with connections:write, xapp-… (Basic Information)"
    if config != DEFAULT:
        yield f"   TOBAN_CONFIG     {config}"
    yield "3. AWS: make the stacks of the deployment files (docs/deploy.md), with roles and policies."
    yield "   Make the files anew when the config has changed: toban deployment"
    yield "   Or make the roles with what these print, and give toban an identity, not a key."
    yield "   toban iam-policy --out iam"
    yield "   toban iam-policy --trust --principal arn:aws:iam::123456789012:role/NAME  (toban's own role)"
    yield "4. Slack: type /invite @toban in each of its channels."
    yield "5. Ask `toban doctor` until it is content, then start `toban run`."
    if url:
        yield f"6. Let your proxy, which ends TLS, hand {url}{PATH} on to the address of [http] listen;"
        yield "   with toban running, press Retry on the app's page Event Subscriptions; ask the doctor anew."


def _manifest(url: str) -> str:
    return f"toban manifest --url {url}" if url else "toban manifest"


def missing(findings: Sequence[Finding]) -> str:
    """What the doctor says is not well yet."""
    wrong = [one for one in findings if one.health is not Health.OK]
    if not wrong:
        return "Nothing is missing: start `toban run`.\n"
    return f"Still missing, says the doctor:\n{text(wrong, ())}"
