"""What could not be looked at, since Slack or AWS did not let anybody look; another check says why."""

from aws.errors import AwsError, Denied, NoAnswer, NoCredentials, Unreachable
from bot.doctor.finding import Finding, Says
from bot.outbox import codes
from bot.refusals import said
from bot.slack.sight import SlackAway, SlackSaysNo

AWAY = (
    "Let this machine reach https://slack.com (port 443; HTTPS_PROXY for a proxy), then ask the doctor again."
)


def on_slack(says: Says, error: SlackAway | SlackSaysNo) -> Finding:
    """A check of Slack that Slack did not answer."""
    match error:
        case SlackAway():
            return says.warning(f"This was not looked at: Slack does not answer ({error}).", AWAY)
        case SlackSaysNo(code="missing_scope"):
            what = "This was not looked at: the bot lacks the scope for it."
            return says.warning(
                what, "Give it the scopes that “slack scopes” names, and install the app again."
            )
        case SlackSaysNo(code=code) if code in codes.TOKEN:
            return says.warning(
                f"This was not looked at: Slack does not know the bot's token ({code}).",
                "Put right what “slack tokens” says first.",
            )
        case _:
            return says.warning(
                f"This was not looked at: Slack says {error.code}.",
                "Wait a minute, then ask the doctor again.",
            )


def on_aws(says: Says, error: AwsError, account: str) -> Finding:
    """A check of AWS that AWS did not answer."""
    match error:
        case Denied() | NoCredentials() if _is_entry(error):
            return says.warning(
                f"{account} was not looked at: toban cannot get in.",
                "Put right what “aws identity” says first.",
            )
        case Unreachable() | NoAnswer():
            what = f"{account} was not looked at: AWS does not answer."
            return says.warning(what, "Put right what “aws identity” says first.")
        case _:
            return says.warning(
                f"{account} was not looked at: {said(error, account)}.", "Ask the doctor again."
            )


def _is_entry(error: AwsError) -> bool:
    """Whether it was the way into the account that failed, not the question."""
    return isinstance(error, NoCredentials) or error.said.operation == "AssumeRole"
