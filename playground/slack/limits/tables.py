"""Tables: at most 20 columns, 100 rows (and a heading row for data tables), 10,000 characters.

Source: Slack's pages "Table block" and "Data table block".
"""

from collections.abc import Iterator

from playground.slack.limits.rules import Rule, anything, at, by_type, items, number, shape, string

COLUMNS, ROWS, CHARACTERS = 20, 100, 10_000

cell = by_type(
    {
        "raw_text": shape({"text": string(least=1)}),
        "raw_number": shape({"value": anything}, {"text": string()}),
        "rich_text": shape({"elements": anything}, {"block_id": string(255, 1)}),
    }
)
_rows = items(items(cell, COLUMNS), ROWS)
table = shape({"rows": _rows}, {"block_id": string(255, 1), "column_settings": items(anything, COLUMNS)})
_data_table = shape(
    {"rows": items(items(cell, COLUMNS), ROWS + 1, least=2), "caption": string(least=1)},
    {"block_id": string(255, 1), "page_size": number(100, 1), "row_header_column_index": number(COLUMNS - 1)},
)


def data_table(value: object, pointer: str) -> Iterator[str]:
    """Accept a data table: a heading row without rich text, and rows of one length."""
    yield from _data_table(value, pointer)
    rows = value.get("rows") if isinstance(value, dict) else None
    if isinstance(rows, list) and len({len(row) for row in rows if isinstance(row, list)}) > 1:
        yield at("all rows must have the same number of cells", f"{pointer}/rows")


def characters(value: object) -> int:
    """Return how many characters stand in a table's cells, or in anything else that holds text."""
    if isinstance(value, dict):
        own = value.get("text")
        return (len(own) if isinstance(own, str) else 0) + sum(
            characters(inner) for inner in value.values() if isinstance(inner, dict | list)
        )
    return sum(map(characters, value)) if isinstance(value, list) else 0


def within_characters(rule: Rule) -> Rule:
    """Accept a table by this rule that holds no more than CHARACTERS in all."""

    def check(value: object, pointer: str) -> Iterator[str]:
        yield from rule(value, pointer)
        if characters(value) > CHARACTERS:
            yield at(f"must hold less than {CHARACTERS + 1} characters in all cells", pointer)

    return check
