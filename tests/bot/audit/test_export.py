"""Exports read back as they were, and run nothing in a spreadsheet."""

import csv
import io
import json
from dataclasses import asdict, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.audit.export import NAMES, csv_lines, jsonl
from bot.audit.search import Query, Row, stream
from tests.bot.audit.log import START, Log

ROW = Row(1, START, *(["step.ended", "U1", "slash", 1, None] + [""] * 9))  # type: ignore[arg-type]  # mixed


def test_json_lines_hold_every_column(log: Log) -> None:
    log.append(3)
    lines = log.do(lambda tx: list(jsonl(stream(tx, Query()))))
    assert [json.loads(line)["id"] for line in lines] == [1, 2, 3]
    assert json.loads(lines[0])["detail"] == "停止しました"
    assert json.loads(lines[0])["at"] == "2026-11-01T01:00:01+00:00"


def test_csv_begins_with_the_names_of_the_columns(log: Log) -> None:
    log.append(2)
    head, *records = log.do(lambda tx: list(csv_lines(stream(tx, Query()))))
    assert head == ",".join(NAMES) + "\r\n"
    assert [record.split(",")[0] for record in records] == ["1", "2"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_could_be_a_formula_is_made_text(start: str) -> None:
    (_, record) = csv_lines([replace(ROW, resource=f"{start}cmd|' /C calc'!A0")])
    (cells,) = csv.reader(io.StringIO(record, newline=""))
    assert cells[NAMES.index("resource")].startswith(f"'{start}")


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0")))
def test_any_text_comes_back_from_csv_and_json(text: str) -> None:
    row = replace(ROW, detail=text)
    (cells,) = csv.reader(io.StringIO(list(csv_lines([row]))[1], newline=""))
    assert cells[-1].removeprefix("'") == text.removeprefix("'")
    assert json.loads(next(jsonl([row])))["detail"] == text
    assert asdict(row)["detail"] == text
