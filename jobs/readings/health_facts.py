"""What is told of an event of AWS Health: when, who is affected, and what AWS has written.

Source: "Reference: AWS Health events Amazon EventBridge schema" (Health user guide).
"""

from collections.abc import Iterator

from bot.event import Event
from bot.words import Words, plural, words
from jobs.readings import naming
from jobs.readings.fields import clipped, items, lines, moment, tail, text

_LINE = 200  # characters of the names of what is affected
REPORT = 6  # lines of what AWS has written


def of(event: Event) -> tuple[Words, ...]:
    """A line each."""
    return (*_when(event), *_affected(event), *_whose(event), *_page(event), *_type(event), *_report(event))


def readable(code: str, service: str) -> str:
    """An event type's code for people: AWS_EC2_INSTANCE_STOP_SCHEDULED is "instance stop scheduled"."""
    plain = code.removeprefix("AWS_").removeprefix(f"{service}_")
    return clipped(plain.replace("_", " ").lower(), 70)


def entities(event: Event) -> tuple[str, ...]:
    """What is affected, by ids or ARNs; what EventBridge names when Health names nothing."""
    found = (text(one, "entityValue", most=300) for one in items(event.detail, "affectedEntities"))
    return tuple(dict.fromkeys(one for one in found if one)) or tuple(
        text(one, most=300) for one in event.resources
    )


def instances(event: Event) -> tuple[str, ...]:
    """The instances among them."""
    return naming.ids("i-", entities(event))


def account(event: Event) -> str:
    """The twelve digits of whom it hits: not who hears of it, where an organization shares its view."""
    return text(event.detail, "affectedAccount") or text(event.envelope, "account")


def _when(event: Event) -> Iterator[Words]:
    start, end = moment(event.detail, "startTime"), moment(event.detail, "endTime")
    if start and end:
        yield words("from {start} until {end}", start=start, end=end)
    elif start:
        yield words("from {start}", start=start)


def _affected(event: Event) -> Iterator[Words]:
    found = [tail(one) for one in entities(event)]
    if found:
        yield plural(
            "affected: {names}",
            "affected: {n} resources, {names}",
            len(found),
            names=clipped(", ".join(found), _LINE),
        )


def _whose(event: Event) -> Iterator[Words]:
    digits, heard = text(event.detail, "affectedAccount"), text(event.envelope, "account")
    if digits and digits != heard:
        yield words("of account {account}", account=digits)


def _page(event: Event) -> Iterator[Words]:
    page, pages = text(event.detail, "page"), text(event.detail, "totalPages")
    if pages not in {"", "1"}:
        yield words("page {page} of {pages} that AWS sends of it", page=page or "?", pages=pages)


def _type(event: Event) -> Iterator[Words]:
    if code := text(event.detail, "eventTypeCode", most=200):
        yield words("type {type}", type=code)


def _report(event: Event) -> Iterator[Words]:
    """What AWS has written, in English if it wrote in several languages."""
    said = items(event.detail, "eventDescription")
    english = [one for one in said if text(one, "language") == "en_US"] or list(said)
    for line in lines(english, 0, "latestDescription", most=REPORT):
        yield words("{line}", line=line)
