"""Resources as rules see them: a step's target with its environment, less what no rule looks at."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.plan import Fields, Resource

KEYS = frozenset({"env", "environment", "stage"})
"""Tag keys that name an environment, in small letters: `Env` and `STAGE` count too."""

SPELLINGS = {
    "prod": ("prod", "production", "prd", "live", "本番", "本番環境"),
    "staging": ("staging", "stg", "stage", "検証", "検証環境"),
    "dev": ("dev", "development", "develop", "開発", "開発環境"),
    "test": ("test", "testing", "tst", "テスト", "テスト環境"),
}
_SPELLED = {spelling: env for env, spellings in SPELLINGS.items() for spelling in spellings}


def environment(tags: Fields) -> str:
    """The environment that tags name, such as "prod"; "" when none does.

    Well-known spellings become one.  Where tags contradict each other, "prod" wins: the careful reading.
    """
    named = [value.strip().lower() for key, value in tags if key.lower() in KEYS and value.strip()]
    read = [_SPELLED.get(value, value) for value in named]
    return "prod" if "prod" in read else (read[0] if read else "")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a rule can ask about a resource."""

    account: str
    region: str
    type: str
    id: str
    name: str
    env: str
    tags: Fields


NOTHING = Subject("", "", "", "", "", "", ())
"""Stands for the resource where none is known yet; only rules that ask nothing about it are asked."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Which attributes and tags the rules look at.

    Resources that differ in nothing a rule looks at are decided once: 5,000 instances of one account
    and environment are one question.
    """

    attributes: frozenset[str]
    tags: frozenset[str] | None  # None: a rule computes the key, so every tag matters

    def subject(self, resource: Resource) -> Subject:
        """The resource with everything left out that no rule looks at."""
        return Subject(
            account=self._kept("account", resource.account),
            region=self._kept("region", resource.region),
            type=self._kept("type", resource.type),
            id=self._kept("id", resource.id),
            name=self._kept("name", resource.name),
            env=environment(resource.tags) if "env" in self.attributes else "",
            tags=tuple(sorted(self._kept_tags(resource.tags))),
        )

    def _kept(self, attribute: str, value: str) -> str:
        return value if attribute in self.attributes else ""

    def _kept_tags(self, tags: Fields) -> Iterable[tuple[str, str]]:
        return (tag for tag in tags if self.tags is None or tag[0] in self.tags)
