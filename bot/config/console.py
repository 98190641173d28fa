"""The table ``[console]``: by which door people come to the AWS console that a name leads to."""

import re

from bot.config.mistakes import Mistake, quoted
from bot.words import words

_PORTAL = re.compile(r"https://[a-z0-9.-]+(?:/[\w./-]*)?", re.ASCII)


def read_portal(value: object) -> str:
    """The address of the AWS access portal, as IAM Identity Center's settings show it."""
    text = value.split("#")[0].rstrip("/") if isinstance(value, str) else ""
    if not _PORTAL.fullmatch(text):
        raise Mistake(
            words(
                "“{url}” is no access portal; write its address from IAM Identity Center's settings, such as"
                " https://d-1234567890.awsapps.com/start.",
                url=quoted(value),
            )
        )
    return text
