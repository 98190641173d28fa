"""Answers that come in pages, read one after another."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from aws.errors import speaking_plainly

Page = TypeVar("Page")
Item = TypeVar("Item")

SIZE = 1000  # the most resources EC2 puts on a page


def pages(doing: str, found: Iterable[Page]) -> Iterator[Page]:
    """Yield each page as it comes; what fails is an AwsError that says what was being done.

    Only the reading is translated, not what the caller does with a page in between.
    """
    reader = iter(found)
    while True:
        with speaking_plainly(doing):
            try:
                page = next(reader)
            except StopIteration:
                return
        yield page


def emptied(page: list[Item]) -> Iterator[Item]:
    """Yield what is on a page and let go of each: two pages of a thousand need not be in memory at once."""
    page.reverse()
    while page:
        yield page.pop()
