"""How a run went, for people: in a sentence, by first lines, and whole in a file.  Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.command import Ended, Told
from bot.plan import File, Left, Resource
from bot.words import Value, Words, plural, words
from commands.changes.run_command import printed, was_cut

ROOM = 6  # lines that a card shows below its sentence
MOST = 100  # instances that are told of by a line; the file has all
_GOOD = "done"


def tell(ended: Sequence[Ended], left: Sequence[Left]) -> Told:
    """The `Verb.tell` of /run: what did not go well first."""
    in_order = sorted(ended, key=lambda one: one.state == _GOOD)
    each = max(1, ROOM // max(1, len(in_order)))
    return Told(
        summary=_summary(ended, left),
        lines=tuple(line for one in in_order[:MOST] for line in _lines(one, each)),
        file=File("output.txt", "\n".join(_whole(in_order, left))),
        well=all(one.state == _GOOD for one in ended),
    )


def _summary(ended: Sequence[Ended], left: Sequence[Left]) -> Words:
    """“It returned 0 on 40 of 42 instances; 1 failed, 1 was left alone.”"""
    states = Counter(one.state for one in ended)
    total, done = len(ended) + len(left), states[_GOOD]
    if done == total:
        return plural("It returned 0 on {n} instance.", "It returned 0 on all {n} instances.", total)
    others = (
        words("{n} failed", n=states["failed"]),
        words("{n} unknown", n=states["unknown"]),
        words("{n} skipped", n=states["skipped"]),
        words("{n} left alone", n=len(left)),
    )
    said: dict[str, Value] = {
        "others": tuple(one for one in others if dict(one.values)["n"]),
        "done": done,
    }
    return plural(
        "It returned 0 on {done} of {n} instance; {others}.",
        "It returned 0 on {done} of {n} instances; {others}.",
        total,
        **said,
    )


def _lines(one: Ended, most: int) -> Iterator[Words]:
    """The first lines of one instance; what went wrong comes before them."""
    target = _named(one.step.target)
    shown = [line for line in printed(one.why).splitlines() if _tells(line, one)][:most]
    if one.state != _GOOD or not shown:
        yield words("{target}: {why}", target=target, why=one.why or words("nobody said why"))
        shown = shown[: most - 1]
    for line in shown:
        yield words("{target} │ {line}", target=target, line=line)


def _tells(line: str, one: Ended) -> bool:
    """Whether a line says something that its end does not say already."""
    said = line.strip()
    return bool(said) and said.strip("-") != "ERROR" and (one.state == _GOOD or said not in str(one.why))


def _whole(ended: Sequence[Ended], left: Sequence[Left]) -> Iterator[str]:
    """The file: each instance once, with how it ended and all that it printed."""
    for one in ended:
        at = one.step.target
        yield f"==== {_named(at)} ({at.account}, {at.region}): {one.state}, {one.why or 'nobody said why'}"
        yield printed(one.why) or "(it printed nothing)"
        if was_cut(one.why):
            yield "(cut here: Systems Manager keeps no more of it)"
        yield ""
    for each in left:
        yield f"==== {_named(each.target)} ({each.target.account}, {each.target.region}): left, {each.why}"


def _named(target: Resource) -> str:
    return f"{target.id} {target.name}".strip()
