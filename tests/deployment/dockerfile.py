"""The Dockerfile, read: its stages, and what each says in order."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.docs import ROOT

FILE = ROOT / "Dockerfile"


@dataclass(frozen=True, slots=True)
class Instruction:
    """One of them: FROM, RUN, COPY …"""

    word: str
    rest: str

    @property
    def listed(self) -> list[str]:
        """What the exec form says.  Raises ValueError for the shell form."""
        found: list[str] = json.loads(self.rest[self.rest.index("[") :])
        return found


@dataclass(frozen=True, slots=True)
class Stage:
    """From one FROM to the next."""

    base: str
    name: str  # "" for the last
    says: Sequence[Instruction]

    def all(self, word: str) -> list[Instruction]:
        """Those that begin so."""
        return [one for one in self.says if one.word == word]

    def last(self, word: str) -> Instruction:
        """The one that counts."""
        return self.all(word)[-1]

    @property
    def variables(self) -> dict[str, str]:
        """Its ENV."""
        pairs = (pair.split("=", 1) for one in self.all("ENV") for pair in one.rest.split())
        return dict(pairs)


def stages() -> list[Stage]:
    """All, in order."""
    found: list[tuple[str, str, list[Instruction]]] = []
    for one in _instructions(FILE.read_text(encoding="utf-8")):
        if one.word == "FROM":
            base, _, name = one.rest.partition(" AS ")
            found.append((base, name, []))
        else:
            found[-1][2].append(one)
    return [Stage(*each) for each in found]


def _instructions(text: str) -> Iterator[Instruction]:
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    for line in lines.replace("\\\n", " ").splitlines():
        if line.strip():
            word, _, rest = line.strip().partition(" ")
            yield Instruction(word, " ".join(rest.split()) if word != "RUN" else rest)
