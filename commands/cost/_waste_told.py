"""What is wasted, for people: a sentence, a table of the largest, a file of all, and a button each.  Pure."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.plan import File, Offer, Table
from bot.words import Words, plural, words
from commands.cost._waste_finding import Finding, Kind, Priced
from commands.prices import said
from commands.prices.estimate import Estimate

ROWS = 20  # in the table; of more there is a file
BUTTONS = 10
_COLUMNS = ("why", "account", "region", "id", "name", "what", "since", "owner", "usd_a_month", "how")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet would run a cell that begins so ("CSV Injection", OWASP)."""


def ordered(found: Iterable[Priced]) -> list[Priced]:
    """The dearest first; those whose price is not known last."""
    return sorted(
        found, key=lambda one: (one.amount.amount is None, -(one.amount.amount or 0), one.finding.id)
    )


def summary(found: Sequence[Priced], *, whole: bool) -> Words:
    """All of it in a sentence."""
    if not found:
        return words("nothing is wasted") if whole else words("nothing is wasted as far as could be looked")
    return plural(
        "{n} thing that nobody seems to need: {amount}",
        "{n} things that nobody seems to need: {amount}",
        len(found),
        amount=said.sum_of([one.amount for one in found]),
    )


def table(found: Sequence[Priced]) -> Table | None:
    """The dearest, a row each."""
    heads = (
        words("Why"),
        words("Resource"),
        words("Name"),
        words("What"),
        words("Since"),
        words("Account"),
        words("Region"),
        words("Owner"),
        words("A month"),
    )
    return Table(heads, tuple(_row(one) for one in found[:ROWS])) if found else None


def _row(priced: Priced) -> tuple[str, ...]:
    one = priced.finding
    since = f"{one.since:%Y-%m-%d}" if one.since else ""
    known = (one.kind.value, one.id, one.name, one.what, since, one.place.account, one.place.region)
    return *known, priced.owner, said.cell(priced.amount)


def kinds(found: Sequence[Priced]) -> list[Words]:
    """A line for each reason: how many, and what they cost."""
    of: dict[Kind, list[Estimate]] = {}
    for one in found:
        of.setdefault(one.finding.kind, []).append(one.amount)
    return [_KINDS[kind](len(of[kind]), said.sum_of(of[kind])) for kind in Kind if kind in of]


def _leftovers(n: int, amount: Words) -> Words:
    return plural(
        "left over: {n} thing of a test of failures, {amount}",
        "left over: {n} things of tests of failures, {amount}",
        n,
        amount=amount,
    )


def _unattached(n: int, amount: Words) -> Words:
    return plural(
        "unattached: {n} volume that is attached to nothing, {amount}",
        "unattached: {n} volumes that are attached to nothing, {amount}",
        n,
        amount=amount,
    )


def _orphans(n: int, amount: Words) -> Words:
    return plural(
        "orphan: {n} old snapshot whose volume is gone and on which no image stands, {amount}",
        "orphan: {n} old snapshots whose volumes are gone and on which no image stands, {amount}",
        n,
        amount=amount,
    )


def _stopped(n: int, amount: Words) -> Words:
    return plural(
        "stopped: {n} instance that was stopped long ago, and its large disks, {amount}",
        "stopped: {n} instances that were stopped long ago, and their large disks, {amount}",
        n,
        amount=amount,
    )


def _unused(n: int, amount: Words) -> Words:
    return plural(
        "unused: {n} address that belongs to nothing, {amount}",
        "unused: {n} addresses that belong to nothing, {amount}",
        n,
        amount=amount,
    )


def _no_targets(n: int, amount: Words) -> Words:
    return plural(
        "no targets: {n} load balancer that sends to nobody, {amount}",
        "no targets: {n} load balancers that send to nobody, {amount}",
        n,
        amount=amount,
    )


def _gp2(n: int, amount: Words) -> Words:
    return plural(
        "gp2: {n} volume that would cost less as gp3, {amount}",
        "gp2: {n} volumes that would cost less as gp3, {amount}",
        n,
        amount=amount,
    )


_KINDS: Mapping[Kind, Callable[[int, Words], Words]] = {
    Kind.LEFTOVER: _leftovers,
    Kind.UNATTACHED: _unattached,
    Kind.ORPHAN: _orphans,
    Kind.STOPPED: _stopped,
    Kind.UNUSED: _unused,
    Kind.NO_TARGETS: _no_targets,
    Kind.GP2: _gp2,
}


def offers(found: Sequence[Priced]) -> tuple[Offer, ...]:
    """A button for each of the dearest that something can be done about; it starts the ordinary plan."""
    able = [one for one in found if one.finding.line][:BUTTONS]
    return tuple(Offer(_label(one), line_of(one.finding)) for one in able)


def _label(priced: Priced) -> Words:
    one = priced.finding
    what, amount = one.name or one.id, said.cell(priced.amount)
    verb = one.line.split()[1]
    match verb:
        case "convert":
            return words("{what} to gp3: {amount}", what=what, amount=amount)
        case "release":
            return words("Release {what}: {amount}", what=what, amount=amount)
        case "stop":
            return words("Stop {what}: {amount}", what=what, amount=amount)
        case _:
            return words("Delete {what}: {amount}", what=what, amount=amount)


def line_of(one: Finding) -> str:
    """The line that does away with it, for just this place."""
    return f"{one.line} --account {one.place.account} --region {one.place.region}" if one.line else ""


def file(found: Sequence[Priced], name: str) -> File | None:
    """All of it, when that is more than the table has."""
    if len(found) <= ROWS:
        return None
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    writer.writerows([_safe(cell) for cell in _line(one)] for one in found)
    return File(name, out.getvalue())


def _line(priced: Priced) -> tuple[str, ...]:
    one, amount = priced.finding, priced.amount.amount
    since = f"{one.since:%Y-%m-%d}" if one.since else ""
    where = (one.kind.value, one.place.account, one.place.region, one.id, one.name, one.what, since)
    return *where, priced.owner, "" if amount is None else f"{amount:.2f}", line_of(one)


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
