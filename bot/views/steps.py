"""Steps on a card: the first few, each with its target, its change, and what a person should know."""

import re
from collections.abc import Mapping, Sequence

from aws.account import Place
from bot.operation import Report, State, StepRow, StepState
from bot.plan import Fields, Resource, Step
from bot.views.blocks import Block, section
from bot.views.speaker import Speaker
from bot.views.states import STEP_SIGNS
from bot.views.text import clipped, code, literal
from bot.words import Words, plural, words

SHOWN, SHOWN_ON_THE_WAY = 8, 3  # while many steps go on, the bar above them says more
_A_SECTION = 4  # steps; each takes at most 490 characters
_LINE, _BELOW = 240, 240
_FEW, _BELOW_FEW = 2, 1_100  # where there are so few steps, each has room for its reason and what to do
_DIGEST, _SHORT = re.compile(r"[0-9a-f]{64}"), 12


def step_blocks(report: Report, speak: Speaker) -> list[Block]:
    """The first steps and how many more there are; nothing for a plan without steps.

    At its end a verb that told how it went has named what matters, and its file has the rest.
    """
    if report.told is not None:
        return []
    on_the_way = report.operation.state is State.RUNNING and report.total > SHOWN
    rows = report.steps[: SHOWN_ON_THE_WAY if on_the_way else SHOWN]
    more = report.total - len(rows)
    said = plural("… and {n} more step, in the file", "… and {n} more steps, in the file", more)
    below = _BELOW_FEW if len(rows) <= _FEW else _BELOW
    return _blocks([_row(row, report.shows, speak, below) for row in rows], more, said, speak)


def plan_blocks(planned: Sequence[Step], speak: Speaker) -> list[Block]:
    """The first steps of a plan that nobody has asked for yet."""
    rows = [StepRow(0, step, StepState.PLANNED, None, "", None, 0, 0) for step in planned[:SHOWN]]
    more = len(planned) - len(rows)
    said = plural("… and {n} more", "… and {n} more", more)
    return _blocks([_row(row, {}, speak, _BELOW) for row in rows], more, said, speak)


def _blocks(texts: Sequence[str], more: int, said: Words, speak: Speaker) -> list[Block]:
    found = [section("\n".join(texts[at : at + _A_SECTION])) for at in range(0, len(texts), _A_SECTION)]
    return [*found, section(speak.text(said, 200))] if found and more > 0 else found


def target(resource: Resource) -> str:
    """A resource as mrkdwn: id, name, account and region."""
    name = f" {clipped(literal(resource.name), 60)}" if resource.name not in ("", resource.id) else ""
    return f"{code(resource.id, 60)}{name} · {place(resource.place)}"


def place(where: Place) -> str:
    """An account and its region as mrkdwn."""
    return clipped(literal(f"{where.account}/{where.region}"), 50)


def change(step: Step) -> str:
    """What changes, as text: "state: running → stopped"."""
    return ", ".join(_field(name, dict(step.before).get(name, ""), after) for name, after in _fields(step))


def moment(row: StepRow) -> Words | None:
    """When a planned step is called at the earliest; None: as soon as it can be."""
    if row.until:
        return words("waits until {at}", at=row.until)
    if row.step.after_a_while:
        return words("{length} after the step before it has ended", length=row.step.after_a_while)
    return words("not before {at}", at=row.step.not_before) if row.step.not_before else None


def _fields(step: Step) -> Fields:
    return step.after or step.before


def _field(name: str, before: str, after: str) -> str:
    old, new = _short(before), _short(after)
    return f"{name}: {old} → {new}" if before and before != after else f"{name}: {new}"


def _short(value: str) -> str:
    """A digest by its beginning, as a plan's hash is shown."""
    return value[:_SHORT] if _DIGEST.fullmatch(value) else value


def _row(row: StepRow, shows: Mapping[str, Words], speak: Speaker, most: int) -> str:
    line = f"{STEP_SIGNS[row.state]} {target(row.step.target)} · {literal(row.step.action)}"
    if said := change(row.step):
        line = f"{line} · {literal(said)}"
    below = "\n".join(f"        {text}" for text in _below(row, shows, speak, most - 40))
    return f"{clipped(line, _LINE)}\n{clipped(below, most)}" if below else clipped(line, _LINE)


def _below(row: StepRow, shows: Mapping[str, Words], speak: Speaker, most: int) -> Sequence[str]:
    """What a person should know about this step, most important first."""
    known: list[str] = []
    if row.reason:
        known.append(f"↳ {speak.text(row.reason, most)}")
    if row.state is StepState.UNKNOWN:
        known.append(f"↳ {speak.text(words('look at it in AWS before asking again'), 120)}")
    if row.state is StepState.AWAITING and (shown := shows.get(row.step.key)):
        known.append(f"↳ {speak.text(words('AWS shows: {shows}', shows=shown), 160)}")
    if row.state is StepState.PLANNED and (when := moment(row)):
        known.append(f"↳ {speak.text(when, 120)}")
    if row.result:
        known.append(f"→ {code(row.result, 80)}")
    if row.state in {StepState.PLANNED, StepState.SENT}:
        known += [f"⚠️ {speak.text(warning, 110)}" for warning in row.step.warnings]
    return known
