"""A drill at a glance: its sign, how users fare now, whether the fault was noticed, when it ends.  Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from bot.drill import Drill, Phase
from bot.measure import answered, latency, slower
from bot.probe import FROM_TOBAN, Probe, Sample
from bot.timeline import length as brief
from bot.words import Words, words

NOW = timedelta(seconds=10)  # "now" are the answers of so long; of slower probes the newest three
SIGNS: Mapping[Phase, str] = {
    Phase.STEADY: "🔎",
    Phase.BROKEN: "💥",
    Phase.BACK: "↩️",
    Phase.AFTER: "🩺",
    Phase.OVER: "🏁",
}
STOPPED = "⏹️"  # it ended before its time
PHASES: Mapping[Phase, Words] = {
    Phase.STEADY: words("looking whether all is well first"),
    Phase.BROKEN: words("broken on purpose"),
    Phase.BACK: words("being put back"),
    Phase.AFTER: words("put back; looking whether all is well again"),
    Phase.OVER: words("the test is over"),
}
NOTHING_BACK = words("the fault is over; looking whether all is well again")
"""Where there was no way back to make: a primary stays in its new zone, an instance is gone."""
KINDS: Mapping[str, Words] = {
    "zone": words("zone"),
    "database": words("database"),
    "instance": words("instance"),
    "latency": words("latency"),
    "loss": words("packet loss"),
    "bucket": words("bucket"),
    "region": words("region"),
    "experiment": words("experiment"),
}
"""What a drill breaks, as people say it; another word stands as it is."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one probe fares now."""

    probe: str
    share: int | None  # percent that were well: 100 only if all were, 0 only if none was; None: no answer yet
    took: int | None  # milliseconds that half of the good answers took at most; None: there were none
    error: str = ""  # what most of the others were


def sign(drill: Drill) -> str:
    """What it looks like from afar."""
    return STOPPED if drill.ended and drill.stopped else SIGNS[drill.phase]


def phase(drill: Drill) -> Words:
    """Where it stands, in words."""
    if drill.phase is Phase.AFTER and drill.returning is None:
        return NOTHING_BACK
    return PHASES[drill.phase]


def title(drill: Drill) -> Words:
    """What is broken: "zone · ap-northeast-1a of vpc-1"."""
    kind = KINDS.get(drill.spec.kind) or words("{kind}", kind=drill.spec.kind)
    return words("{kind} · {about}", kind=kind, about=drill.spec.about)


def standings(drill: Drill, samples: Sequence[Sample], now: datetime) -> tuple[Standing, ...]:
    """How each probe fares, in the order of the plan.  `samples` may be only the newest, in order."""
    return tuple(_standing(probe, samples, now) for probe in drill.spec.probes)


def _standing(probe: Probe, samples: Sequence[Sample], now: datetime) -> Standing:
    since = now - max(NOW, 3 * probe.every)
    newest = [one for one in samples if one.probe == probe.name and one.tells and since <= one.at <= now]
    errors = Counter(one.error for one in newest if not one.ok)
    took = [one.took for one in newest if one.ok] if probe.kind in FROM_TOBAN else []
    return Standing(
        probe=probe.name,
        share=percent(len(newest) - errors.total(), len(newest)),
        took=round(1000 * median(took)) if took else None,
        error=errors.most_common(1)[0][0] if errors else "",
    )


def percent(well: int, all_of_them: int) -> int | None:
    """So many of so many; 100 only if all, 0 only if none.  None of nothing."""
    if not all_of_them:
        return None
    share = 100 * well // all_of_them
    return max(1, share) if well else 0


def standing(one: Standing) -> Words:
    """A probe in a few words."""
    if one.share is None:
        return words("{probe}: no answer yet", probe=one.probe)
    if one.error:
        return words("{probe}: {share} % well ({error})", probe=one.probe, share=one.share, error=one.error)
    if one.took is None:
        return words("{probe}: {share} % well", probe=one.probe, share=one.share)
    return words("{probe}: {share} % well, {took} ms", probe=one.probe, share=one.share, took=one.took)


def landed(drill: Drill, samples: Sequence[Sample], now: datetime) -> list[Words]:
    """Whether anybody noticed the fault: said from what the probes were answered, and nothing before it."""
    if drill.broken is None:
        return []
    until = drill.returning or now
    seen = [one for one in samples if not one.ok and one.tells and drill.broken <= one.at <= until]
    if seen:
        first = min(seen, key=answered)
        after = brief(answered(first) - drill.broken)
        return [
            words(
                "Users noticed after {after}: {probe} got {error}.",
                after=after,
                probe=first.probe,
                error=first.error,
            )
        ]
    if late := _slower(drill, samples, until):
        return late
    if drill.returning is None:
        return [words("No probe has noticed anything so far.")]
    return [words("No probe noticed anything while it was broken.")]


def _slower(drill: Drill, samples: Sequence[Sample], until: datetime) -> list[Words]:
    """Which probes get their answers much later than before, though none failed."""
    found = []
    for probe in drill.spec.probes:
        own = [one for one in samples if one.probe == probe.name and one.tells]
        before = latency([one for one in own if drill.broken and one.at < drill.broken])
        during = latency([one for one in own if drill.broken and drill.broken <= one.at <= until])
        if probe.kind in FROM_TOBAN and (much := slower(before, during)):
            was, now = (round(1000 * part) for part in much)
            found.append(
                words(
                    "Users wait longer: 95 % of {probe} took up to {now} ms, and {was} ms before.",
                    probe=probe.name,
                    now=now,
                    was=was,
                )
            )
    return found


def course(drill: Drill, now: datetime) -> list[Words]:
    """How long it is broken, and what comes next by itself."""
    if drill.stopped:
        return [words("It was ended before its time: {why}.", why=drill.stopped)]
    if drill.phase is Phase.STEADY:
        return [
            words("Nothing is broken yet: first all must be well for {before}.", before=drill.spec.before)
        ]
    if drill.phase is Phase.BROKEN and drill.broken:
        left = drill.broken + drill.spec.lasts - now
        since = words("Broken since {since}.", since=round_up(now - drill.broken))
        if left <= timedelta(0):
            return [since, words("The way back begins now.")]
        return [since, words("The way back begins by itself in {left} at the latest.", left=round_up(left))]
    if drill.phase is Phase.AFTER and drill.restored:
        return [_since(drill, round_up(now - drill.restored))]
    return []


def _since(drill: Drill, since: timedelta) -> Words:
    if drill.returning is None:
        return words("The fault is over since {since}.", since=since)
    return words("All is put back since {since}.", since=since)


def round_up(length: timedelta) -> timedelta:
    """In whole seconds, as people say it."""
    return timedelta(seconds=max(0, round(length.total_seconds())))
