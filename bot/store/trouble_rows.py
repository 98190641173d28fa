"""A trouble as its row: the columns that are searched, and a body of all that is only shown."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from bot import chart, words
from bot.plan import Offer
from bot.trouble import Reading, Severity, State, Trouble, Unasked

KEPT = ("context", "chart", "unasked")
"""Parts of a body that no event says anew."""


def body_of(reading: Reading, mention: str) -> dict[str, Any]:
    """The body that a reading makes."""
    return {
        "title": words.to_json(reading.title),
        "facts": [words.to_json(fact) for fact in reading.facts],
        "names": dict(reading.names),
        "offers": [[words.to_json(offer.label), offer.line] for offer in reading.offers],
        "metric": dict(reading.metric),
        "ignorable": reading.ignorable,
        "starts": reading.starts and reading.starts.isoformat(),
        "mention": mention,
        "context": [],
    }


def unasked_in_body(what: Unasked | None) -> list[Any] | None:
    """How a line that was not asked stands in a body."""
    return [what.line, words.to_json(what.why)] if what else None


def trouble_of(row: Row[Any]) -> Trouble:
    """The trouble that a row holds."""
    body = row.body
    return Trouble(
        number=row.id,
        rule=row.rule,
        subject=row.subject,
        account=row.account,
        region=row.region,
        severity=Severity(row.severity),
        state=State(row.state),
        channel=row.channel,
        began=row.began,
        last=row.last,
        came=row.came,
        look=row.look,
        ended=row.ended,
        times=row.times,
        tells=row.tells,
        acknowledged_by=row.acknowledged_by,
        acknowledged_at=row.acknowledged_at,
        snoozed_until=row.snoozed_until,
        silenced_by=row.silenced_by,
        stage=row.stage,
        storm=row.storm,
        cause=row.cause,
        operation=row.operation,
        **_in_body(body),
    )


def _in_body(body: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": words.from_json(body["title"]),
        "facts": tuple(words.from_json(fact) for fact in body["facts"]),
        "names": body["names"],
        "offers": tuple(Offer(words.from_json(label), line) for label, line in body["offers"]),
        "metric": body["metric"],
        "mention": body["mention"],
        "chart": chart.from_json(body["chart"]) if body.get("chart") else None,
        "context": tuple(words.from_json(one) for one in body["context"]),
        "ignorable": body.get("ignorable", False),
        "starts": datetime.fromisoformat(body["starts"]) if body.get("starts") else None,
        "unasked": _unasked(body.get("unasked")),
    }


def _unasked(stored: list[Any] | None) -> Unasked | None:
    return Unasked(stored[0], words.from_json(stored[1])) if stored else None
