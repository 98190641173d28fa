"""Cedar's syntax tree: which nodes there are, what they mention, and the coarse reading of a rule.

The coarse reading forgets the resource.  A permit is loosened and a forbid is narrowed, so that
the coarse rules allow whatever the rules themselves would allow on at least one resource.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace

from cedarpy import pst

from bot.policy.subject import Mentions

ATTRIBUTES = frozenset({"account", "region", "type", "id", "name", "env"})


def nodes(root: object) -> Iterator[object]:
    """Every node under `root`, itself included."""
    waiting: list[object] = [root]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, tuple):
            waiting.extend(node)
        elif isinstance(node, Mapping):
            waiting.extend(node.values())
        elif is_dataclass(node) and not isinstance(node, type):
            waiting.extend(getattr(node, field.name) for field in fields(node))


def mentions(trees: Iterable[pst.Template]) -> Mentions:
    """Which attributes and tags of a resource these rules look at."""
    attributes: set[str] = set()
    tags: set[str] = set()
    computed = False
    for node in nodes(tuple(trees)):
        match node:
            case pst.GetAttr(attr=name):
                attributes.add(name)
            case pst.BinaryOp(op="get_tag" | "has_tag", right=pst.StringLit(value=key)):
                tags.add(key)
            case pst.BinaryOp(op="get_tag" | "has_tag"):
                computed = True
    return Mentions(frozenset(attributes & ATTRIBUTES), None if computed else frozenset(tags))


def roles(trees: Iterable[pst.Template]) -> tuple[str, ...]:
    """The groups these rules name, in the order of their names."""
    named = pst.entity_uids(tuple(trees))
    return tuple(sorted(uid.id for uid in named if str(uid.type) == "Role"))


def coarse(tree: pst.Template) -> pst.Template:
    """The rule as it reads while no resource is known."""
    loosen = tree.effect == "permit"
    clauses = tuple(_clause(clause, loosen) for clause in tree.clauses)
    return replace(tree, resource=pst.ScopeAny(), clauses=clauses)


def _clause(clause: pst.Clause, loosen: bool) -> pst.Clause:
    if isinstance(clause, pst.When):
        return pst.When(_loose(clause.expr, loosen))
    return pst.Unless(_loose(clause.expr, not loosen))


def _loose(expr: pst.Expr, loosen: bool) -> pst.Expr:
    """What asks about the resource becomes true (loosen) or false; the rest stays."""
    match expr:
        case pst.BinaryOp(op="and" | "or"):
            return replace(expr, left=_loose(expr.left, loosen), right=_loose(expr.right, loosen))
        case pst.UnaryOp(op="not"):
            return replace(expr, arg=_loose(expr.arg, not loosen))
        case _:
            asks = any(isinstance(node, pst.Var) and node.name == "resource" for node in nodes(expr))
            return pst.BoolLit(loosen) if asks else expr
