"""Two drills side by side: what became better, what worse, and what is the same within its error.  Pure."""

from collections.abc import Iterator
from datetime import timedelta

from bot.plan import Cell, Table
from bot.timeline import length
from bot.verdict import Fared
from bot.words import Words, words
from commands.failover import _report
from commands.failover._report import Report


def table(before: Report, now: Report) -> Table:
    """A row for each figure of each probe that both have."""
    heads = (
        words("Figure"),
        words("#{number}", number=before.drill.number),
        words("#{number}", number=now.drill.number),
        words("What changed"),
    )
    rows = [row for old, new in _pairs(before, now) for row in _rows(old, new)]
    return Table(heads, tuple(rows))


def said(before: Report, now: Report) -> list[Words]:
    """Better or worse, probe by probe; and what makes them hard to compare."""
    number = before.drill.number
    told = [
        words("{probe}, against #{number}: {how}.", probe=new.probe.name, number=number, how=_how(old, new))
        for old, new in _pairs(before, now)
    ]
    if not told:
        told = [words("They have no probe in common.")]
    if (before.drill.spec.kind, before.drill.spec.about) != (now.drill.spec.kind, now.drill.spec.about):
        told.append(words("They broke different things; the figures say little of each other."))
    return told


def _pairs(before: Report, now: Report) -> Iterator[tuple[Fared, Fared]]:
    known = {one.probe.name: one for one in before.verdict.probes}
    for one in now.verdict.probes:
        if one.probe.name in known:
            yield known[one.probe.name], one


def _rows(old: Fared, new: Fared) -> Iterator[tuple[Cell, ...]]:
    name = new.probe.name
    yield (words("{probe}: out", probe=name), _report.out(old), _report.out(new), _how(old, new))
    for label, was, is_ in (
        (words("{probe}: noticed after", probe=name), old.noticed, new.noticed),
        (words("{probe}: well after", probe=name), old.measured.recovery, new.measured.recovery),
    ):
        yield (label, _said(was), _said(is_), _by(was, is_))
    kinds = dict.fromkeys(each for each, _ in (*old.errors, *new.errors))
    for kind in kinds:
        was_, now_ = dict(old.errors).get(kind, 0), dict(new.errors).get(kind, 0)
        yield (
            words("{probe}: {error}", probe=name, error=kind),
            str(was_),
            str(now_),
            f"{now_ - was_:+d}".replace("-", "−"),
        )


def _how(old: Fared, new: Fared) -> Words:
    """One against the other; what is not back is worse than whatever is."""
    was, now = old.away, new.away
    if was is None or now is None:
        if was is None and now is None:
            return words("neither is back")
        return words("worse: it is not back") if now is None else words("better: it is back")
    difference = now - was
    if abs(difference) <= old.error + new.error:
        return words("the same within the error")
    return (
        words("worse by {length}", length=length(difference))
        if difference > timedelta()
        else words("better by {length}", length=length(-difference))
    )


def _said(measured: timedelta | None) -> str:
    return _report.NONE if measured is None else length(measured)


def _by(was: timedelta | None, now: timedelta | None) -> str:
    if was is None or now is None:
        return _report.NONE
    return f"{'−' if now < was else '+'}{length(abs(now - was))}"
