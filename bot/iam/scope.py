"""On what an IAM action is allowed, and when: the terms of `table.py`, and how an account fills them in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

Test = tuple[str, str, tuple[str, ...]]
"""One test of a condition: its operator, its key, the values of which one must fit."""

REGION = "aws:RequestedRegion"
TAG = "aws:ResourceTag/"


@dataclass(frozen=True, slots=True)
class Scope:
    """What one IAM action is allowed on."""

    on: tuple[str, ...]  # ARNs with {partition} and {account}; or one list of an account, such as {queues}
    when: tuple[Test, ...] = ()  # all must hold
    of: frozenset[str] = frozenset()  # only for these verbs and actions of toban's; none: whoever declares it
    tagged: bool = False  # what people own: `--tag` says which of it toban may touch
    everywhere: bool = False  # no region is asked for by it, or its resources say which


@dataclass(frozen=True, slots=True)
class Ground:
    """One account, as far as policies speak of it."""

    name: str
    account: str  # twelve digits
    regions: tuple[str, ...]
    partition: str = "aws"
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # exact ARNs: queues, topics …
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of what may be touched; none: all

    def resources(self, scope: Scope) -> tuple[str, ...]:
        """The ARNs; none when the account has nothing of this kind."""
        return tuple(dict.fromkeys(arn for text in scope.on for arn in self._filled(text)))

    def tests(self, scope: Scope) -> tuple[Test, ...]:
        """The whole condition."""
        found = [(one, key, tuple(self._one(value) for value in values)) for one, key, values in scope.when]
        if scope.tagged:
            found += [("StringEquals", f"{TAG}{key}", values) for key, values in self.tags.items()]
        if not scope.everywhere:
            found.append(("StringEquals", REGION, self.regions))
        return tuple(found)

    def _filled(self, text: str) -> Iterator[str]:
        if text.startswith("{") and text.endswith("}"):
            yield from self.lists.get(text[1:-1], ())
        else:
            yield self._one(text)

    def _one(self, text: str) -> str:
        return text.replace("{partition}", self.partition).replace("{account}", self.account)
