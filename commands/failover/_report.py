"""A drill's report: the verdict, how each probe fared, what happened, in an answer and in a file.  Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import drill_glance as glance
from bot import verdict as verdicts
from bot import verdict_said
from bot.drill import Drill, Mark, Source
from bot.drill_timeline import of as timeline_of
from bot.plan import Cell, Table
from bot.probe import FROM_TOBAN, Sample
from bot.timeline import Timeline, length, offset
from bot.verdict import Fared, Verdict
from bot.words import Words, words
from commands.failover import _longer
from commands.failover._document import Document, Heading, Lines, Part, Picture, Rows

HEADS = (
    words("Probe"),
    words("Answers"),
    words("Failed"),
    words("Errors"),
    words("Noticed after"),
    words("Out"),
    words("Well after"),
    words("95 % took (before, meanwhile, afterwards)"),
    words("Hypothesis"),
)
HAPPENED = (words("When"), words("Who says so"), words("What happened"))
SAYS = {Source.TOBAN: words("toban"), Source.AWS: words("AWS"), Source.PERSON: words("a person")}
NONE = "–"


@dataclass(frozen=True, slots=True)
class Report:
    """A drill with all that is known of it."""

    verdict: Verdict
    marks: tuple[Mark, ...]
    timeline: Timeline

    @property
    def drill(self) -> Drill:
        """What it tells of."""
        return self.verdict.drill


def of(drill: Drill, samples: Sequence[Sample], marks: Sequence[Mark], now: datetime) -> Report:
    """Measure it."""
    found = verdicts.of(drill, samples, now)
    return Report(found, tuple(marks), timeline_of(drill, samples, marks, now))


def summary(report: Report) -> Words:
    """The whole of it in a sentence."""
    return words(
        "#{number} · {what}: {said}",
        number=report.drill.number,
        what=glance.title(report.drill),
        said=verdict_said.headline(report.verdict),
    )


def lines(report: Report) -> list[Words]:
    """What is behind it, the most important first."""
    return [
        *_who(report.drill),
        *verdict_said.lines(report.verdict, _longer.said(report.verdict, report.marks)),
        *_hypothesis(report.drill),
    ]


def _hypothesis(drill: Drill) -> Iterator[Words]:
    """What was supposed."""
    each = [
        words(
            "{probe} is back within {within}, and then no more than {errors} % fail",
            probe=probe.name,
            within=probe.back_within,
            errors=f"{100 * probe.errors:g}",
        )
        for probe in drill.spec.probes
    ]
    yield words("The hypothesis was: {each}.", each=tuple(each))


def _who(drill: Drill) -> Iterator[Words]:
    """Who asked for it, when, and how long each part lasted."""
    yield words("{person} asked for it; it was begun {begun}.", person=drill.person, begun=drill.begun)
    if drill.broken and drill.returning:
        broken = verdict_said.whole(drill.returning - drill.broken)
        if drill.restored is None:
            yield words("It was broken for {broken}; not all of it is put back.", broken=broken)
        else:
            back = verdict_said.whole(drill.restored - drill.returning)
            yield words("It was broken for {broken}, and put back in {back}.", broken=broken, back=back)


def table(report: Report) -> Table:
    """How each probe fared."""
    return Table(HEADS, tuple(_row(one, report.drill) for one in report.verdict.probes))


def _row(one: Fared, drill: Drill) -> tuple[Cell, ...]:
    recovered = one.measured.recovered
    return (
        one.probe.name,
        str(one.asked),
        str(one.failed),
        errors(one),
        NONE if one.noticed is None else length(one.noticed),
        out(one),
        about(one.measured.recovery, recovered.error) if recovered and one.outages else NONE,
        took(one),
        _held(one, drill),
    )


def errors(one: Fared) -> str:
    """By kind: "504 × 46, 502 × 41"."""
    return ", ".join(f"{name} × {count}" for name, count in one.errors) or NONE


def about(measured: timedelta | None, error: timedelta) -> Cell:
    """A length with its error: "87.2 s ± 1.1 s"."""
    if measured is None:
        return NONE
    length, margin = verdict_said.measured(measured, error)
    return words("{length} ± {error}", length=length, error=margin)


def out(one: Fared) -> Cell:
    """From the first error to the last."""
    if not one.outages:
        return NONE
    return words("still") if one.away is None else about(one.away, one.error)


def took(one: Fared) -> str:
    """How long good answers took, where that says how long a user waits: "40 / 900 / 41 ms"."""
    if one.probe.kind not in FROM_TOBAN:
        return NONE
    each = (one.measured.before, one.measured.during, one.measured.after)
    return f"{' / '.join(str(round(1000 * part.p95)) if part else NONE for part in each)} ms"


def _held(one: Fared, drill: Drill) -> Cell:
    if drill.broken is None or drill.ended is None:
        return NONE
    if one.held and drill.stopped:
        return NONE  # it was ended before it could be shown
    return words("held") if one.held else words("did not hold")


def document(report: Report, beside: Sequence[Part] = ()) -> Document:
    """The file; what else stands in it comes before what happened."""
    made: list[Part] = [
        Lines((verdict_said.headline(report.verdict),)),
        Picture(report.timeline),
        Lines(tuple(lines(report))),
        Heading(words("Probes")),
        Rows(table(report)),
        *beside,
        Heading(words("What happened")),
        Rows(_happened(report)),
    ]
    if meant := verdict_said.meanings(report.verdict):
        made += [Heading(words("What the errors mean")), Lines(tuple(meant))]
    title = words(
        "Failure test #{number} · {what}", number=report.drill.number, what=glance.title(report.drill)
    )
    return Document(f"failure-test-{report.drill.number}", title, tuple(made))


def _happened(report: Report) -> Table:
    zero = report.drill.broken or report.drill.begun
    rows = ((offset(one.at - zero), SAYS[one.source], one.said) for one in report.marks)
    return Table(HAPPENED, tuple(rows))
