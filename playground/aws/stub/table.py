"""Resources by id, by tag and by field, each with its XML rendered once until it changes."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase


class UnknownFilter(ValueError):
    """The stub does not know this filter."""


@dataclass(slots=True)
class Row:
    """One resource.  Fields carry the names EC2's filters use: instance-state-name, volume-id, ..."""

    id: str
    number: int  # its place in listings
    fields: dict[str, str]
    tags: dict[str, str]
    xml: str = ""


@dataclass(slots=True)
class Table:
    """All resources of one kind in one account and region."""

    render: Callable[[Row], str]
    names: frozenset[str]  # the fields that may be filtered by
    rows: dict[str, Row] = field(default_factory=dict)
    _made: int = 0
    _index: dict[str, dict[str, set[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )

    def add(self, id_: str, fields: dict[str, str], tags: dict[str, str]) -> Row:
        """Add one resource at the end."""
        self._made += 1
        row = Row(id_, self._made, fields, tags)
        self.rows[id_] = row
        for name, value in self._facts(fields, tags):
            self._index[name][value].add(id_)
        row.xml = self.render(row)
        return row

    def remove(self, id_: str) -> None:
        """Remove one resource; KeyError if it is not there."""
        self._forget(self.rows.pop(id_))

    def change(self, row: Row, fields: Mapping[str, str], tags: Mapping[str, str] | None = None) -> None:
        """Change fields or tags of one resource."""
        self._forget(row)
        row.fields.update(fields)
        row.tags.update(tags or {})
        for name, value in self._facts(row.fields, row.tags):
            self._index[name][value].add(row.id)
        row.xml = self.render(row)

    def find(self, filters: Iterable[tuple[str, tuple[str, ...]]]) -> list[Row]:
        """Return the rows that fit all filters, in order; values may carry `*` and `?`."""
        chosen: set[str] | None = None
        for name, values in filters:
            if not name.startswith("tag:") and name not in self.names | {"tag-key"}:
                raise UnknownFilter(name)
            fitting = self._fitting(name, values)
            chosen = fitting if chosen is None else chosen & fitting
        if chosen is None:
            return list(self.rows.values())
        return sorted((self.rows[one] for one in chosen), key=lambda row: row.number)

    def _fitting(self, name: str, values: tuple[str, ...]) -> set[str]:
        known, found = self._index[name], set[str]()
        for value in values:
            if "*" in value or "?" in value:
                found.update(*(ids for one, ids in known.items() if fnmatchcase(one, value)))
            else:
                found |= known.get(value, set())
        return found

    def _forget(self, row: Row) -> None:
        """Take it out of the index; a value that nothing has any more goes as well."""
        for name, value in self._facts(row.fields, row.tags):
            known = self._index[name]
            known[value].discard(row.id)
            if not known[value]:
                del known[value]

    def _facts(self, fields: Mapping[str, str], tags: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """What it is found by; ids in one field stand apart by spaces."""
        for name in self.names & fields.keys():
            yield from ((name, value) for value in (fields[name].split() if "." in name else [fields[name]]))
        for key, value in tags.items():
            yield f"tag:{key}", value
            yield "tag-key", key
