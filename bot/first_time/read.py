"""How an answer is read: as the config file reads it, so that what is written can be loaded."""

from collections.abc import Callable
from typing import TypeVar

import click

from bot.config import http, values
from bot.config.mistakes import Mistake

T = TypeVar("T")


def zone(text: str) -> str:
    """A time zone by its IANA name."""
    return _said(values.read_zone, text).key


def account(text: str) -> tuple[str, str]:
    """NAME=ID."""
    name, is_pair, number = text.partition("=")
    if not is_pair:
        raise click.UsageError("write an account as NAME=ID, such as prod=123456789012.")
    return name_of(name), number_of(number)


def name_of(text: str) -> str:
    """An account's name, which stands in a header of the file."""
    name = _said(values.read_name, text)
    if not name.replace("-", "").replace("_", "").isascii() or "." in name:
        raise click.UsageError("a name here is of the letters a to z, digits, “-” and “_”.")
    return name


def number_of(text: str) -> str:
    """An account's twelve digits."""
    return _said(values.read_account, text.replace("-", ""))


def role(text: str) -> str:
    """A role's name, with its path if it has one; "" for none."""
    text = text.strip().strip("/")
    if text:
        _said(values.read_role, f"arn:aws:iam::123456789012:role/{text}")
    return text


def word(text: str) -> str:
    """An external id ("AssumeRole", STS API reference); "" for none."""
    text = text.strip()
    if text and not (2 <= len(text) <= 1224 and text.isascii() and set(text) <= _EXTERNAL):
        raise click.UsageError("an external id is of letters, digits and the signs _+=,.@:/-, at least two.")
    return text


_EXTERNAL = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+=,.@:/-")


def url(text: str) -> str:
    """The public address under which Slack finds toban; "" for none: Socket Mode."""
    return _said(http.read_url, text) if text.strip() else ""


def regions(text: str) -> tuple[str, ...]:
    """One or more, by spaces or commas."""
    found = _each(values.read_region, text)
    if not found:
        raise click.UsageError("name one region at least, such as ap-northeast-1.")
    return found


def channels(text: str) -> tuple[str, ...]:
    """Ids of channels; none for none."""
    return _each(values.read_channel, text)


def members(text: str) -> tuple[str, ...]:
    """Ids of people and user groups; none for none."""
    return _each(values.read_member, text)


def _each(read: Callable[[object], str], text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_said(read, one) for one in text.replace(",", " ").split()))


def _said(read: Callable[[object], T], text: str) -> T:
    try:
        return read(text.strip())
    except Mistake as error:
        raise click.UsageError(str(error.said)) from None
