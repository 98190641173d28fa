"""A verdict in sentences: whether the hypothesis held, how long users were out, in which ways.  Pure."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import pairwise

from bot.timeline import Window, offset
from bot.verdict import Fared, Verdict
from bot.words import Words, plural, words

SHOWN = 6  # windows of one probe
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
        return words("It was ended before its time, and shows little: {said}.", said=said)
    if verdict.held:
        return words("The hypothesis held: {said}.", said=said)
    return words("The hypothesis did not hold: {said}.", said=said)


def _how_long(verdict: Verdict) -> Words:
    worst = verdict.worst
    if worst is None:
        unsteady = next((one.steady for one in verdict.probes if one.steady and not one.steady.ok), None)
        return unsteady.why if unsteady else words("no probe noticed anything")
    if worst.recovery is None:
        return words(
            "{probe} is out since {out}", probe=worst.probe.name, out=whole(worst.windows[-1].length)
        )
    probe, out, error = worst.probe.name, whole(worst.recovery), worst.error
    if not worst.back:
        return words(
            "{probe} was back after {out} (± {error}), and {within} are tolerated",
            probe=probe,
            out=out,
            error=error,
            within=worst.probe.back_within,
        )
    if not worst.held and worst.steady:
        return worst.steady.why
    return words("{probe} was back after {out} (± {error})", probe=probe, out=out, error=error)


def lines(verdict: Verdict) -> list[Words]:
    """What is behind it, the most important first."""
    return [
        *_noticed(verdict),
        *(line for one in verdict.probes for line in _fared(verdict, one)),
        *_end(verdict),
    ]


def _noticed(verdict: Verdict) -> Iterator[Words]:
    first = verdict.noticed
    if verdict.drill.broken is None:
        return
    if first is None or first.noticed is None:
        yield words("The fault did not reach users: no probe noticed anything.")
    else:
        yield words(
            "Noticed {after} (± {error}) after the fault, first by {probe}.",
            after=whole(first.noticed),
            error=first.error,
            probe=first.probe.name,
        )


def _fared(verdict: Verdict, one: Fared) -> Iterator[Words]:
    for window in one.windows[:SHOWN]:
        yield window_said(verdict, one, window)
    if (more := len(one.windows) - SHOWN) > 0:
        yield plural(
            "{probe} was out {n} more time", "{probe} was out {n} more times", more, probe=one.probe.name
        )


def window_said(verdict: Verdict, one: Fared, window: Window) -> Words:
    """When one probe was out, how long, and in which ways one after the other."""
    zero = verdict.drill.broken or verdict.drill.begun
    said = words(
        "{probe} was out from {begin} to {end}, for {length}: {ways}.",
        probe=one.probe.name,
        begin=offset(window.begin - zero),
        end=offset(window.end - zero),
        length=whole(window.length),
        ways=tuple(ways(window)),
    )
    return said if window.over else words("{said} It is out still.", said=said)


def ways(window: Window) -> Iterator[Words]:
    """How it failed, one after the other: "504 for 46 s"; many changes are told as the errors there were."""
    if len(window.errors) > SHOWN:
        yield from (words("{error}", error=name) for name in dict.fromkeys(name for name, _ in window.errors))
        return
    ends = [*(at for _, at in window.errors), window.end]
    for (name, _), (begin, end) in zip(window.errors, pairwise(ends), strict=True):
        yield words("{error} for {length}", error=name, length=whole(end - begin))


def meanings(verdict: Verdict) -> list[Words]:
    """What the errors mean that there were, the most frequent first."""
    names = dict.fromkeys(name for one in verdict.probes for name, _ in one.errors)
    return [
        words("{error}: {meaning}", error=name, meaning=MEANINGS[name]) for name in names if name in MEANINGS
    ]


def _end(verdict: Verdict) -> Iterator[Words]:
    """How it ended, and how all did then."""
    if verdict.drill.stopped:
        yield words("It was ended before its time: {why}.", why=verdict.drill.stopped)
    judged = [one.steady for one in verdict.probes if one.steady]
    bad = [one.why for one in judged if not one.ok]
    if bad:
        yield words("In the end not all was well: {whys}.", whys=tuple(bad))
    elif judged:
        yield words("In the end all was well again: {whys}.", whys=tuple(one.why for one in judged))


def whole(length: timedelta) -> timedelta:
    """In tenths of a second where it is short, else in whole seconds."""
    seconds = length.total_seconds()
    return timedelta(seconds=round(seconds, 1) if abs(seconds) < 1 else round(seconds))
