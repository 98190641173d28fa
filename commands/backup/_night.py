"""How a night went, for people: in one sentence, in a few lines, and every resource in a file.  Pure."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from bot.command import Ended, Told
from bot.plan import File, Left
from bot.words import Value, Words, plural, words
from commands.backup._outcome import Outcome, counts, helpers, outcomes
from commands.changes.put_metric import SIGNAL

LINES = 50  # of what did not go well; the file has all
COLUMNS = (
    "account",
    "region",
    "type",
    "id",
    "name",
    "outcome",
    "new_generation",
    "copies",
    "removed",
    "why",
    "what_to_do",
)


def tell(ended: Sequence[Ended], left: Sequence[Left]) -> Told:
    """The `Verb.tell` of the night: every target once, as done, failed, skipped or unknown."""
    found = outcomes(ended, left)
    night = next((more["night"] for one in ended if "night" in (more := dict(one.step.inputs))), "")
    served = (*_served_badly(ended), *_signal(ended, found))
    missing = [one for one in found if one.missing]
    return Told(
        summary=_summary(night, found),
        lines=(*served, *(_line(one) for one in missing[:LINES])),
        file=File(f"backup-{night or 'night'}.csv", _csv(found, left)),
        well=not missing and not served,
    )


def counted(summary: Words) -> Mapping[str, int]:
    """The counts that `tell` put into its sentence: done, failed, skipped, unknown, total; or nothing."""
    given = dict(summary.values)
    names = ("done", "failed", "skipped", "unknown", "total")
    found = {name: value for name in names if isinstance(value := given.get(name), int)}
    return found if len(found) == len(names) else {}


def advice(lines: Iterable[Words]) -> list[Words]:
    """What a person can do about what these lines of `tell` say, each once."""
    given = (dict(line.values).get("advice") for line in lines)
    return list(dict.fromkeys(one for one in given if isinstance(one, Words)))


def _summary(night: str, found: Sequence[Outcome]) -> Words:
    """“Backups of 2026-11-22: 40 of 41 volumes and instances; 1 failed. 41 new generations, …”"""
    counted_ = counts(found)
    said: dict[str, Value] = {"night": night, "total": len(found), "made": _made(found), **counted_}
    if counted_["done"] == len(found):
        return plural(
            "Backups of {night}: the one volume or instance. {made}.",
            "Backups of {night}: all {n} volumes and instances. {made}.",
            len(found),
            **said,
        )
    said["others"] = _others(counted_)
    return words("Backups of {night}: {done} of {total} volumes and instances; {others}. {made}.", **said)


def _others(counted_: Mapping[str, int]) -> tuple[Words, ...]:
    said = (
        words("{n} failed", n=counted_["failed"]),
        words("{n} unknown", n=counted_["unknown"]),
        words("{n} skipped", n=counted_["skipped"]),
    )
    return tuple(one for one in said if dict(one.values)["n"])


def _made(found: Iterable[Outcome]) -> Words | tuple[Words, ...]:
    one_by_one = list(found)
    made = sum(len(one.made) for one in one_by_one)
    copies = sum(len(one.copies) for one in one_by_one)
    removed = sum(len(one.removed) for one in one_by_one)
    said = (
        plural("{n} new generation", "{n} new generations", made),
        plural("{n} copy", "{n} copies", copies),
        plural("{n} old one removed", "{n} old ones removed", removed),
    )
    return tuple(one for one in said if dict(one.values)["n"]) or words("Nothing was made")


def _line(one: Outcome) -> Words:
    """One target that something is missing of: what, why, and what to do about it."""
    return words(
        "{target} {state}: {why} – {advice}",
        target=f"{one.target.id} {one.target.name}".strip(),
        state=_state(one.state),
        why=one.why or words("nobody said why"),
        advice=one.to_do or words("look at the steps of the operation"),
    )


def _state(state: str) -> Words:
    match state:
        case "failed":
            return words("failed")
        case "unknown":
            return words("is unknown")
        case _:
            return words("was skipped")


def _served_badly(ended: Iterable[Ended]) -> tuple[Words, ...]:
    """What serves the others and failed, such as a thaw: more urgent than a missing generation."""
    return tuple(
        words(
            "{target}: {action} {state}: {why} – please look at it now",
            target=f"{one.step.target.id} {one.step.target.name}".strip(),
            action=one.step.action,
            state=_state(one.state),
            why=one.why or words("nobody said why"),
        )
        for one in helpers(ended)
        if one.state in {"failed", "unknown"} and one.step.action != SIGNAL
    )


def _signal(ended: Iterable[Ended], found: Iterable[Outcome]) -> tuple[Words, ...]:
    """That CloudWatch was not told of a good night, when there was one."""
    if any(one.missing for one in found):
        return ()
    return tuple(
        words(
            "CloudWatch was not told of this good night, so an alarm there may ring: {why}",
            why=one.why or words("nobody said why"),
        )
        for one in ended
        if one.step.action == SIGNAL and one.state != "done"
    )


# -- the file ----------------------------------------------------------------------------------------


def _csv(found: Iterable[Outcome], left: Iterable[Left]) -> str:
    """A row for each target; below them what else was left alone, such as a snapshot that is in use."""
    targets = list(found)
    known = {one.target.id for one in targets}
    others = [Outcome(one.target, "stays", one.why) for one in left if one.target.id not in known]
    text = io.StringIO()
    written = csv.writer(text, lineterminator="\n")
    written.writerow(COLUMNS)
    written.writerows(_row(one) for one in (*targets, *others))
    return text.getvalue()


def _row(one: Outcome) -> tuple[str, ...]:
    at = one.target
    ids = (" ".join(one.made), " ".join(one.copies), " ".join(one.removed))
    said = tuple(str(each) if each else "" for each in (one.why, one.to_do))
    return (at.account, at.region, at.type, at.id, _harmless(at.name), one.state, *ids, *said)


def _harmless(text: str) -> str:
    """A name that a spreadsheet does not take for a formula ("CSV Injection", OWASP)."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text


def rows(file: File) -> list[dict[str, str]]:
    """What `tell` wrote into its file, a row a resource."""
    return list(csv.DictReader(io.StringIO(file.text)))
