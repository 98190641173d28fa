"""Report how mail stands with SES: what was sent and may be, bounces, complaints, what AWS thinks of it."""

from dataclasses import dataclass

from aws import sending
from aws.account import Place
from bot.command import Risk, Verb, World
from bot.plan import Cell, Plan, Table
from bot.words import Words, plural, words
from commands.reading import accounts_arg, regions_arg
from commands.ses import _standing
from commands.ses._standing import SIGNS, Level, Standing, percent

UNLIMITED = "∞"


@dataclass(frozen=True, slots=True)
class Args:
    """What /ses report is told."""

    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()


def plan(args: Args, world: World) -> Plan:
    """One row for each place that sends; the others are counted.  Nothing changes."""
    found = _standing.read(world, args.account, args.region)
    used = sorted(
        ((place, one) for place, one in found if one.is_used), key=lambda each: (-each[1].level, each[0])
    )
    notes = [
        words("{sign} {said}", sign=SIGNS[level], said=said)
        for place, one in used
        for level, said in one.findings(f"{place.account}/{place.region}")
    ]
    if quiet := len(found) - len(used):
        notes.append(
            plural(
                "{n} other place sends nothing: SES is in its sandbox there",
                "{n} other places send nothing: SES is in its sandbox there",
                quiet,
            )
        )
    heads = (
        words("Account"),
        words("Region"),
        words("Status"),
        words("Sent in 24 hours"),
        words("May be sent"),
        words("Bounces"),
        words("Complaints"),
    )
    table = Table(heads, tuple(_row(place, one) for place, one in used)) if used else None
    return Plan(_summary(used), unread=found.unread, notes=tuple(notes), table=table)


def _summary(used: list[tuple[Place, Standing]]) -> Words:
    if not used:
        return words("no mail is sent by SES")
    bad = sum(one.level is Level.DANGER for _, one in used)
    watched = sum(one.level is Level.WARNING for _, one in used)
    if bad:
        return plural("sending is in danger in {n} place", "sending is in danger in {n} places", bad)
    if watched:
        return plural(
            "sending is to be watched in {n} place", "sending is to be watched in {n} places", watched
        )
    return plural("mail goes out well in {n} place", "mail goes out well in all {n} places", len(used))


def _row(place: Place, one: Standing) -> tuple[Cell, ...]:
    quota = one.sending.quota
    return (
        place.account,
        place.region,
        f"{SIGNS[one.level]} {one.sending.enforcement}",
        f"{one.sending.sent:,.0f}",
        UNLIMITED if quota < 0 else f"{quota:,.0f}",
        _rate(one.bounces),
        _rate(one.complaints),
    )


def _rate(value: float | None) -> str:
    return "–" if value is None else percent(value)


VERB = Verb(
    noun="ses",
    name="report",
    help=words("Report how mail stands with SES: what was sent, what bounces, and what AWS thinks of it."),
    args=Args,
    risk=Risk.NONE,
    iam=sending.IAM,
    plan=plan,
    examples=("/ses report", "/ses report --account prod"),
)
