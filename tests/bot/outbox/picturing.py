"""Answers with pictures, and what a message shows of them."""

from bot.plan import Plan
from bot.words import words
from playground.slack.message import Message
from tests.bot.outbox.office import Office
from tests.bot.picture.charts import chart, series

CHART = chart(series("EC2", "100", "120"), series("S3", "5", "6"))
OTHER = chart(series("EC2", "100", "125"), series("S3", "5", "6"))
PLAN, LATER = Plan(words("it cost 126"), chart=CHART), Plan(words("it cost 131"), chart=OTHER)
UPLOAD = ("files.getUploadURLExternal", "upload", "files.completeUploadExternal")


def kinds(said: Message) -> list[str]:
    return [block["type"] for block in said.blocks]


def shown_file(said: Message) -> str:
    return next(str(block["slack_file"]["id"]) for block in said.blocks if block["type"] == "image")


def one(office: Office) -> Message:
    [said] = office.said()
    return said
