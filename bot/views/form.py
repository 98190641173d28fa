"""The form of a verb: a field for each argument, and what would happen, before it is sent.

Limits, all Slack's: a modal's title 24 characters, 100 blocks, a menu 100 options of 75 characters with
values of 150 ("Modal views", "Select menu element", "Option object").
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, replace
from datetime import timedelta

from bot.arguments import Kind
from bot.command import Ruling, Verb
from bot.grammar.duration import write_duration
from bot.grammar.slot import Slot
from bot.grammar.targets import ways
from bot.plan import Plan
from bot.views.approval import people
from bot.views.blocks import METADATA, MODAL_TITLE, Block, context, divider, plain, section
from bot.views.console import in_plan, linked
from bot.views.preset import Preset
from bot.views.remarks import remark_blocks
from bot.views.speaker import Speaker
from bot.views.steps import plan_blocks
from bot.views.text import code, units
from bot.words import Words, words

FORM, FIELD, TARGETS, MORE = "toban.form", "toban.form.field", "toban.form.targets", "toban.form.more"
"""The form's callback id, and the action ids of its fields; a field's block id is its argument's name."""
TYPED = ".typed"  # ends the block id of the field beside a menu of targets
HIDDEN = frozenset({"emergency"})  # who cannot wait types the line: it is not to be ticked by the way
OPTIONS, LABEL, VALUE, FIELDS = 100, 75, 150, 40
_MENUS = frozenset({Kind.ACCOUNT, Kind.REGION, Kind.SCHEDULE, Kind.CALENDAR, Kind.CHOICE})


@dataclass(frozen=True, slots=True)
class Preview:
    """What would happen, as far as it is known."""

    line: str = ""
    plan: Plan | None = None
    ruling: Ruling | None = None
    wrong: Sequence[Words] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A verb to be filled in."""

    verb: Verb[object]
    slots: Sequence[Slot]
    known: Callable[[Slot], Sequence[str]]  # the words an argument is one of
    metadata: str  # comes back with the form
    preview: Preview = field(default_factory=Preview)
    preset: Preset | None = None  # None: the verb's own form
    given: Mapping[str, str] = field(default_factory=dict)  # arguments that are filled in already


def fields_of(slots: Sequence[Slot], given: Collection[str] = ()) -> list[Slot]:
    """The arguments that have a field."""
    return [slot for slot in slots if slot.name not in HIDDEN and slot.name not in given][:FIELDS]


def form(of: Form, speak: Speaker) -> Block:
    """The modal.  Raises ValueError when the metadata is longer than the 3,000 characters Slack takes."""
    if units(of.metadata) > METADATA:
        raise ValueError("a form's metadata may not be clipped")
    shown = _needed(fields_of(of.slots, of.given), of.preset)
    fields = [block for slot in shown for block in _fields(slot, of.known(slot), speak)]
    title = speak.plain(of.preset.title) if of.preset else f"/{of.verb.typed}"
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": of.metadata,
        "title": plain(title, MODAL_TITLE),
        "submit": plain(speak.plain(of.preset.send if of.preset else words("Ask")), MODAL_TITLE),
        "close": plain(speak.plain(words("Back")), MODAL_TITLE),
        "blocks": [*_head(of, speak), *fields, *_foot(of, speak)],
    }


def _needed(slots: Sequence[Slot], preset: Preset | None) -> list[Slot]:
    """The fields, of which some cannot be left empty here though the line alone could do without."""
    needs = preset.needs if preset else frozenset()
    return [
        replace(slot, declared=replace(slot.declared, required=True)) if slot.name in needs else slot
        for slot in slots
    ]


def _head(of: Form, speak: Speaker) -> list[Block]:
    """What the verb does, and to what where that is settled."""
    said = section(speak.text(of.preset.says if of.preset else of.verb.help, 300))
    about = " ".join([f"/{of.verb.typed}", *of.given.values()])
    return [said, context(code(about, 300))] if of.given else [said]


def _foot(of: Form, speak: Speaker) -> list[Block]:
    """What would happen, where that is not settled by the button that opened it."""
    return [] if of.preset else [divider(), *_preview(of.preview, speak)]


# -- fields ----------------------------------------------------------------------------------------


def _fields(slot: Slot, known: Sequence[str], speak: Speaker) -> list[Block]:
    if slot.declared.kind is not Kind.TARGETS:
        return [_input(slot.name, _label(slot, speak), _element(slot, known, speak), slot, slot.shape)]
    menu: Block = {"type": "multi_external_select", "action_id": TARGETS, "min_query_length": 0}
    typed: Block = {"type": "plain_text_input", "action_id": MORE, **_as_typed()}
    hint = speak.plain(words("Targets are {ways}", ways=ways(slot.declared.prefixes)))
    also = speak.plain(words("or typed"))
    needed = words("At least one is needed: chosen here, or typed below.")
    told = speak.plain(needed) if slot.declared.required else ""
    return [
        _input(slot.name, _label(slot, speak), menu, slot, told),
        _input(f"{slot.name}{TYPED}", also, typed, slot, hint),
    ]


def _input(block_id: str, label: str, element: Block, slot: Slot, hint: str = "") -> Block:
    """One field.  Targets may stand in either of two, so neither is needed by itself, and Slack calls
    both optional; the hint says what is needed.
    """
    free = not slot.declared.required or slot.declared.kind is Kind.TARGETS
    made: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, 300),
        "element": element,
        "optional": free,
        "dispatch_action": True,
    }
    return made | ({"hint": plain(hint, 300)} if hint else {})


def _label(slot: Slot, speak: Speaker) -> str:
    said = speak.plain(slot.declared.help)
    return f"{said[:1].upper()}{said[1:]}"


def _element(slot: Slot, known: Sequence[str], speak: Speaker) -> Block:
    kind, many = slot.declared.kind, "multi_" if slot.declared.many else ""
    if kind in _MENUS and _fit(known):
        first = _first(slot, known)
        return {
            "type": f"{many}static_select",
            "action_id": FIELD,
            "options": [_option(name, name) for name in known],
        } | ({"initial_option": _option(first, first)} if first else {})
    match kind:
        case Kind.FLAG:
            label = _option(speak.plain(words("yes")), slot.name)
            return {"type": "checkboxes", "action_id": FIELD, "options": [label]}
        case Kind.PERSON:
            return {"type": f"{many}users_select", "action_id": FIELD}
        case Kind.NUMBER:
            return {"type": "number_input", "action_id": FIELD, "is_decimal_allowed": False, **_number(slot)}
        case _:
            return {"type": "plain_text_input", "action_id": FIELD, **_as_typed(), **_initial(slot)}


def _fit(known: Sequence[str]) -> bool:
    """Whether these words can be a menu as they are; a cut one could not be told from another."""
    return 0 < len(known) <= OPTIONS and all(0 < units(name) <= LABEL for name in known)


def _option(text: str, value: str) -> Block:
    return {"text": plain(text, LABEL), "value": value}


def _first(slot: Slot, known: Sequence[str]) -> str:
    return slot.default if not slot.declared.many and slot.default in known else ""


def _number(slot: Slot) -> Block:
    limits = {"min_value": slot.declared.at_least, "max_value": slot.declared.at_most}
    said: Block = {name: str(limit) for name, limit in limits.items() if limit is not None}
    return {**said, **_initial(slot), **_as_typed()}


def _initial(slot: Slot) -> Block:
    """What stands in the field from the start: the default, where there is one."""
    if slot.default in {MISSING, None, ""} or isinstance(slot.default, tuple | bool):
        return {}
    value = slot.default
    return {"initial_value": write_duration(value) if isinstance(value, timedelta) else str(value)}


def _as_typed() -> Block:
    """Slack tells of what is typed as it is typed, too."""
    return {"dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed", "on_character_entered"]}}


# -- what would happen ------------------------------------------------------------------------------


def _preview(preview: Preview, speak: Speaker) -> list[Block]:
    head = [section(f"*{speak.text(words('What would happen'), 100)}*")]
    if preview.wrong:
        return [*head, *(section(f"⚠️ {speak.text(said, 500)}") for said in preview.wrong[:5])]
    if preview.plan is None:
        said = words("Fill in what is needed, and it is shown here before you ask.")
        return [*head, context(speak.text(said, 300))]
    return [
        *head,
        context(code(f"/{preview.line}", 300)),
        section(speak.text(preview.plan.summary, 800)),
        *linked(plan_blocks(preview.plan.steps, speak), in_plan(preview.plan), speak.console),
        *remark_blocks(preview.plan, speak),
        *(section(speak.text(each, 500)) for each in _ruled(preview)),
    ]


def _ruled(preview: Preview) -> list[Words]:
    """Whether it may be asked, and who would have to agree."""
    ruling, plan = preview.ruling, preview.plan
    if ruling is None or plan is None:
        return [words("Nothing is changed by this; it is only looked at.")]
    if not ruling.allowed:
        return [words("⛔ You may not do this: {why}", why=ruling.why)]
    if not plan.steps:
        return [words("Nothing would change.")]
    if not ruling.approvals:
        return [words("It would begin at once; nobody has to agree.")]
    if not ruling.could_approve:
        return [words("nobody can approve this: ask whoever keeps the policy")]
    asks = words("asking {people}", people=people(ruling.could_approve))
    counted = words("{have} of {needs} approvals", have=0, needs=ruling.approvals)
    return [words("✋ {counted}; {asks}", counted=counted, asks=asks)]


Values = Mapping[str, Mapping[str, object]]
"""A form's state: block id, then action id ("view_submission payload", Slack)."""


def filled_of(
    slots: Sequence[Slot], values: Values, given: Mapping[str, str] | None = None
) -> dict[str, tuple[str, ...]]:
    """What was chosen or written for each argument, or was filled in already."""
    found: dict[str, tuple[str, ...]] = {name: (value,) for name, value in (given or {}).items()}
    for slot in fields_of(slots, found):
        held = [*_held(values.get(slot.name)), *_held(values.get(f"{slot.name}{TYPED}"))]
        found[slot.name] = tuple(held)
    return found


def _held(block: Mapping[str, object] | None) -> list[str]:
    if not isinstance(block, Mapping):
        return []
    return [text for value in block.values() if isinstance(value, Mapping) for text in _texts(value)]


def _texts(value: Mapping[str, object]) -> list[str]:
    one = [value.get("value"), value.get("selected_user"), _value_of(value.get("selected_option"))]
    several = value.get("selected_options"), value.get("selected_users")
    listed = [each for many in several if isinstance(many, list) for each in many]
    found = [*one, *(each if isinstance(each, str) else _value_of(each) for each in listed)]
    return [text for text in found if isinstance(text, str) and text]


def _value_of(option: object) -> object:
    return option.get("value") if isinstance(option, Mapping) else None
