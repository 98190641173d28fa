"""A verdict in sentences: whether the hypothesis held, how long users were out, in which ways.  Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from bot.outages import Outage
from bot.timeline import length as brief
from bot.timeline import offset
from bot.verdict import Fared, Verdict
from bot.words import Words, plural, words

MINUTES = 120  # seconds; what is shorter is told in tenths
SHOWN = 6  # outages of one probe, or ways in which it failed
MEANINGS: Mapping[str, Words] = {
    "502": words("the load balancer got a broken answer, or a closed connection"),
    "503": words("the load balancer had no healthy target"),
    "504": words("the load balancer waited for an answer in vain"),
    "refused": words("nobody listened"),
    "reset": words("the connection was cut"),
    "timeout": words("nobody answered in time"),
    "name": words("the name was not resolved"),
    "tls": words("the certificate was not good"),
    "content": words("the answer was not the right one"),
    "low": words("the value was too low"),
    "high": words("the value was too high"),
    "failed": words("the command failed"),
}
"""What an error means.  Source of those of load balancers: "Troubleshoot your Application Load Balancers"."""


def headline(verdict: Verdict) -> Words:
    """The whole of it in a sentence."""
    if verdict.drill.broken is None:
        return words("Nothing was broken, so nothing was shown.")
    said = _how_long(verdict)
    if verdict.held is None:
        if verdict.drill.ended is None:
            return words("So far: {said}.", said=said)
        if (blind := verdict.blind) and not verdict.drill.stopped:
            return words(
                "Whether the hypothesis held is not known, since nobody asked {probe} for {unseen}: {said}.",
                probe=blind.probe.name,
                unseen=whole(blind.unseen),
                said=said,
            )
        return words("It was ended before its time, and shows little: {said}.", said=said)
    if verdict.held:
        return words("The hypothesis held: {said}.", said=said)
    return words("The hypothesis did not hold: {said}.", said=said)


def _how_long(verdict: Verdict) -> Words:
    worst = verdict.worst
    unsteady = next((one.steady for one in verdict.probes if one.steady and not one.steady.ok), None)
    if worst is None:
        return unsteady.why if unsteady else _unharmed(verdict)
    probe = worst.probe.name
    if worst.away is None:
        return words("{probe} is out, for {out} now", probe=probe, out=whole(worst.out))
    length, error = measured(worst.away, worst.error)
    out = plural(
        "out for {length} (± {error})",
        "out {n} times within {length} (± {error})",
        len(worst.outages),
        length=length,
        error=error,
    )
    if not worst.in_time:
        within = worst.probe.back_within
        return words("{probe} was {out}; at most {within} is tolerated", probe=probe, out=out, within=within)
    if (late := verdict.late) and (recovered := late.measured.recovered) and verdict.drill.restored:
        length, error = measured(recovered.at - verdict.drill.restored, recovered.error)
        return words(
            "{probe} was well for good only {length} (± {error}) after all was put back; at most {within} is"
            " tolerated",
            probe=late.probe.name,
            length=length,
            error=error,
            within=verdict.drill.spec.after,
        )
    return unsteady.why if unsteady else words("{probe} was {out}", probe=probe, out=out)


def _unnoticed(verdict: Verdict) -> Words:
    """That no users were reached can be said only where somebody asked all the time."""
    if any(one.unseen for one in verdict.probes):
        return words("No probe noticed anything, as far as somebody asked.")
    return words("The fault did not reach users: no probe noticed anything.")


def _unharmed(verdict: Verdict) -> Words:
    if any(one.slower for one in verdict.probes):
        return words("no answer failed, but they came later")
    return words("no probe noticed anything")


def lines(verdict: Verdict, why: Sequence[Words] = ()) -> list[Words]:
    """What is behind it, the most important first; `why` is what somebody knows of the reasons."""
    fared = (line for one in verdict.probes for line in _fared(verdict, one))
    return [*_noticed(verdict), *why, *_end(verdict), *fared]


def _noticed(verdict: Verdict) -> Iterator[Words]:
    first = verdict.noticed
    if verdict.drill.broken is None:
        return
    slower = [(one.probe.name, one.slower) for one in verdict.probes if one.slower]
    for probe, (before, during) in slower:
        yield words(
            "{probe} got slower while it was broken: 95 % of its good answers took up to {during} ms, and"
            " {before} ms before.",
            probe=probe,
            during=round(1000 * during),
            before=round(1000 * before),
        )
    if first is None or first.noticed is None:
        if not slower:
            yield _unnoticed(verdict)
    else:
        yield words(
            "{probe} noticed it first, after {after}.", after=brief(first.noticed), probe=first.probe.name
        )


def _fared(verdict: Verdict, one: Fared) -> Iterator[Words]:
    for outage in one.outages[:SHOWN]:
        yield _outage(verdict, one, outage)
    if (more := len(one.outages) - SHOWN) > 0:
        yield plural(
            "{probe} was out {n} more time", "{probe} was out {n} more times", more, probe=one.probe.name
        )
    recovery, recovered = one.measured.recovery, one.measured.recovered
    if recovery is not None and recovered is not None and one.outages:
        after, error = measured(recovery, recovered.error)
        yield words(
            "{probe} was well for good {after} (± {error}) after the fault.",
            probe=one.probe.name,
            after=after,
            error=error,
        )
    yield from _unseen(verdict, one)


def _unseen(verdict: Verdict, one: Fared) -> Iterator[Words]:
    """Where nobody asked: what happened then is in no figure."""
    zero = verdict.drill.broken or verdict.drill.begun
    for gap in one.measured.gaps[:SHOWN]:
        yield words(
            "Nobody asked {probe} from {begin} to {end}: what users saw then is not known.",
            probe=one.probe.name,
            begin=offset(gap.since - zero),
            end=offset(gap.until - zero),
        )


def _outage(verdict: Verdict, one: Fared, outage: Outage) -> Words:
    """When one probe was out, how long, and in which ways one after the other."""
    zero, end = (
        verdict.drill.broken or verdict.drill.begun,
        outage.ended.at if outage.ended else verdict.until,
    )
    length, error = measured(end - outage.began.at, outage.error)
    said = words(
        "{probe} was out from {begin} to {end}, for {length} (± {error}): {ways}.",
        probe=one.probe.name,
        begin=offset(outage.began.at - zero),
        end=offset(end - zero),
        length=length,
        error=error,
        ways=tuple(ways(outage, end)),
    )
    return said if outage.ended else words("{said} It is out still.", said=said)


def ways(outage: Outage, end: datetime) -> Iterator[Words]:
    """How it failed, one after the other: "504 for 46 s"; many changes are told as the errors there were."""
    if len(outage.stretches) > SHOWN:
        for name in dict.fromkeys(one.error for one in outage.stretches):
            yield words("{error}", error=name)
        return
    edges = [outage.began.at, *(one.since for one in outage.stretches[1:]), end]
    for one, (begin, until) in zip(outage.stretches, pairwise(edges), strict=True):
        yield words("{error} for {length}", error=one.error, length=whole(until - begin))


def meanings(verdict: Verdict) -> list[Words]:
    """What the errors mean that there were, the most frequent first."""
    names = dict.fromkeys(name for one in verdict.probes for name, _ in one.errors)
    return [
        words("{error}: {meaning}", error=name, meaning=MEANINGS[name]) for name in names if name in MEANINGS
    ]


def _end(verdict: Verdict) -> Iterator[Words]:
    """How it ended, and how all did then."""
    if verdict.drill.stopped:
        yield words("Why it was ended: {why}.", why=verdict.drill.stopped)
    judged = [one.steady for one in verdict.probes if one.steady]
    bad = [one.why for one in judged if not one.ok]
    if bad:
        yield words("In the end not all was well: {whys}.", whys=tuple(bad))
    elif judged:
        yield words("In the end all was well again: {whys}.", whys=tuple(one.why for one in judged))


def measured(length: timedelta, error: timedelta) -> tuple[Words, Words]:
    """A length and its error as they stand side by side: what rounding takes from the one the other has."""
    seconds = length.total_seconds()
    if seconds < MINUTES:
        rounded = timedelta(seconds=round(seconds, 1))
        return words("{seconds} s", seconds=f"{seconds:.1f}"), parts(error + abs(length - rounded))
    said = whole(length)
    return words("{length}", length=said), parts(error + abs(length - said))


def whole(length: timedelta) -> timedelta:
    """In tenths of a second where it is short, else in whole seconds."""
    seconds = length.total_seconds()
    return timedelta(seconds=round(seconds, 1) if abs(seconds) < 1 else round(seconds))


def parts(error: timedelta) -> Words:
    """By how much a length may be wrong, never less than it is: "0.5 s"."""
    tenths = -(-error // timedelta(milliseconds=100))
    return words("{seconds} s", seconds=f"{tenths / 10:g}")
