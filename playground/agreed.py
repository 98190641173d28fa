"""What the team had agreed to before anybody came: the night, for which nobody clicks at 01:00."""

from playground.page.bot_process import BotProcess
from playground.slack.server import LocalSlack

WHO, WHERE, LINE = "U0SUZUKI", "C0OPS", "/schedule approve nightly-backup"
LOOK, LOOKS = 0.5, 60  # seconds a look waits for the bot, and how many there are


def agree(slack: LocalSlack, bot: BotProcess) -> None:
    """Let a colleague of the schedule's owner type it, once the bot is on duty; not if it ends before."""
    for _ in range(LOOKS):
        if bot.pid is None:
            return
        if connected(slack):
            slack.as_person(WHO).types(WHERE, LINE)
            return


def connected(slack: LocalSlack) -> bool:
    """Whether the bot is on duty, now or within a moment."""
    try:
        slack.socket.wait_for_connections(1, timeout=LOOK)
    except TimeoutError:
        return False
    return True
