"""Pages of a listing: the first look-up is kept, so that each page costs only its rows."""

from dataclasses import dataclass, field

from playground.aws.stub.table import Row

LARGEST = 1000  # rows a page
KEPT = 1000  # listings whose next page may still be asked for


@dataclass(slots=True)
class Pages:
    """The listings that have further pages."""

    _waiting: dict[str, tuple[list[Row], int]] = field(default_factory=dict)
    _given: int = 0

    def first(self, rows: list[Row], size: int) -> tuple[list[Row], str | None]:
        """Return the first page of a listing and the token of the second, or None."""
        return self._cut(rows, 0, size)

    def knows(self, token: str) -> bool:
        """Return whether this token was given out, and not too long ago."""
        return token in self._waiting

    def next(self, token: str, size: int) -> tuple[list[Row], str | None]:
        """Return the page of a token that is known; it may be asked for again."""
        rows, start = self._waiting[token]
        return self._cut(rows, start, size)

    def _cut(self, rows: list[Row], start: int, size: int) -> tuple[list[Row], str | None]:
        end = start + size
        if end >= len(rows):
            return rows[start:], None
        self._given += 1
        token = f"page-{self._given}"
        self._waiting[token] = (rows, end)
        if len(self._waiting) > KEPT:
            del self._waiting[next(iter(self._waiting))]
        return rows[start:end], token
