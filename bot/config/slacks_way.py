"""By which of two ways Slack comes: sockets that toban opens, or requests that Slack signs; never by both."""

from collections.abc import Iterator, Mapping

from bot.config.environment import place
from bot.config.tables import File
from bot.words import Words, words


def wrong(given: Mapping[str, str], file: File | None) -> Iterator[Words]:
    """What is missing for one way, or is there for both; `given` are the variables that are set.

    A file that cannot be read says nothing.
    """
    app, secret = "slack_app_token" in given, "slack_signing_secret" in given
    if file is not None and file.http is not None:
        yield from _by_http(app=app, secret=secret)
    elif secret and file is not None:
        yield words(
            "{place}: it is for requests that Slack signs, and the config file has no table [http]. Write it"
            " with its url, and take SLACK_APP_TOKEN away; or, for Socket Mode, the other way round.",
            place=place(("slack_signing_secret",)),
        )
    elif not app and not secret:
        yield words(
            "{place} is missing. Where Slack shall come by HTTP instead: SLACK_SIGNING_SECRET and the table"
            " [http].",
            place=place(("slack_app_token",)),
        )


def _by_http(*, app: bool, secret: bool) -> Iterator[Words]:
    if app:
        yield words(
            "Slack comes by HTTP, says the table [http], and by sockets, says SLACK_APP_TOKEN; take one of"
            " the two away, since each click comes by one way only."
        )
    if not secret:
        yield words("{place} is missing.", place=place(("slack_signing_secret",)))
