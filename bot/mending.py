"""What a person can mend is said in sentences, all at once, without a trace and without secrets."""

import os
import sys
from collections.abc import Callable
from typing import NoReturn, TypeVar

import click

T = TypeVar("T")


def or_say(do: Callable[[], T]) -> T:
    """Do it; what somebody can mend ends the process with what is wrong, and how it should be."""
    from bot import cli  # noqa: PLC0415 - half a second that `toban --help` need not cost

    try:
        return do()
    except cli.MENDABLE as error:
        leave(cli.mend(error))


def leave(lines: list[str]) -> NoReturn:
    """End the process with these sentences."""
    from bot.hush import Hush  # noqa: PLC0415 - as above

    hush = Hush(os.environ)
    for line in lines:
        click.echo(hush.plainly(line), err=True)
    sys.exit(2)
