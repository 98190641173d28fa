"""Everything that can be wrong with a policy file, found all at once, each with its place."""

from collections.abc import Collection, Iterator

from cedarpy import Schema, pst, validate_policies

from bot.command import Risk
from bot.operation import Door
from bot.policy.decision import PolicyError
from bot.policy.engine import WEEKDAYS
from bot.policy.rule import Rule, cut, read
from bot.policy.tree import nodes
from bot.words import Words, words

CHOICES = {
    "risk": frozenset(map(str, Risk)),
    "door": frozenset(map(str, Door)),
    "weekday": frozenset(WEEKDAYS),
}
"""What these words of the context can be; a rule about another word would never speak."""


def rules(text: str, schema: Schema, groups: Collection[str] | None, file: str) -> tuple[Rule, ...]:
    """The rules of a file.  Raises PolicyError with every mistake in it."""
    found = [read(place, part) for place, part in cut(text, file)]
    mistakes: list[Words] = []
    names: dict[str, int] = {}
    for rule in found:
        if isinstance(rule, Words):
            mistakes.append(rule)
            continue
        first = names.setdefault(rule.id, rule.place.number)
        if first != rule.place.number:
            mistakes.append(rule.mistake(words("rule {first} has this name already", first=first)))
        mistakes += [rule.mistake(problem) for problem in _problems(rule, schema, groups)]
    if not found:
        mistakes.append(words("{file} holds no rules, so nobody could do anything", file=file))
    if mistakes:
        raise PolicyError(mistakes)
    return tuple(rule for rule in found if isinstance(rule, Rule))


def _problems(rule: Rule, schema: Schema, groups: Collection[str] | None) -> Iterator[Words | str]:
    for error in validate_policies(rule.text, schema).errors:
        yield error.error.removeprefix(f"for policy `{error.policy_id}`, ")
    for uid in sorted(pst.entity_uids(rule.tree), key=str):
        if str(uid.type) == "Resource":
            yield words("write resource.id == {id} to name one resource", id=f'"{uid.id}"')
        if str(uid.type) == "Role" and groups is not None and uid.id not in groups:
            yield words("there is no group {group}", group=uid.id)
    for node in nodes(rule.tree):
        yield from _never(node)


def _never(node: object) -> Iterator[Words]:
    """Comparisons that Cedar accepts though they could never hold."""
    match node:
        case pst.BinaryOp(op="in", left=pst.GetAttr(attr="requester")):
            yield words("the requester's groups are not known here; compare principal with context.requester")
        case pst.BinaryOp(
            op="eq" | "not_eq",
            left=pst.GetAttr(base=pst.Var(name="context"), attr=attribute),
            right=pst.StringLit(value=value),
        ) if value not in CHOICES.get(attribute, {value}):
            yield words(
                "context.{attribute} is never {value}; it is one of {choices}",
                attribute=attribute,
                value=f'"{value}"',
                choices=", ".join(sorted(CHOICES[attribute])),
            )
