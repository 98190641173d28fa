"""A picture that AWS has drawn is uploaded as it is; another chart has toban's own again."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection

from aws.widget import PNG
from bot.chart import Chart
from bot.picture.painter import Painter, Picture, Unpaintable
from bot.store import outbox, pictures, troubles
from tests.bot.outbox.office import Office
from tests.bot.outbox.test_alarms import begin
from tests.bot.picture.charts import chart, series

DRAWN, OWN = PNG + b"drawn by AWS", PNG + b"drawn by toban"
CHART = chart(series("CPUUtilization", "12", "97"))
OTHER = chart(series("CPUUtilization", "97", "12"))


@pytest.fixture(autouse=True)
def _drawn_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """How pictures look is told elsewhere."""
    monkeypatch.setattr(Painter, "paint", lambda *_: Picture(OWN))


def shows(office: Office, drawn: Chart, png: bytes = b"") -> None:
    """What was found out of the trouble: its chart, and AWS's picture of it."""

    def change(tx: Connection) -> None:
        troubles.found_out(tx, 1, (), drawn)
        letter = outbox.with_key(tx, "trouble:1")
        if png and letter:
            pictures.bring(tx, letter.id, pictures.digest(letter.language, drawn), png, office.clock())
        outbox.touch_key(tx, "trouble:1", office.clock())

    office.db.write(change)
    office.settle()


def uploaded(office: Office) -> list[bytes | None]:
    return [file.content for file in office.slack.files()]


def test_what_aws_has_drawn_is_uploaded_as_it_is_and_once(office: Office) -> None:
    begin(office)
    office.settle()
    shows(office, CHART, DRAWN)
    office.restart()
    shows(office, CHART)
    assert uploaded(office) == [DRAWN]
    assert [block["type"] for block in office.said()[0].blocks].count("image") == 1


def test_it_waits_with_the_letter_while_slack_is_busy(office: Office) -> None:
    begin(office)
    office.settle()
    office.slack.faults.answer("files.getUploadURLExternal", status=500, times=2)
    shows(office, CHART, DRAWN)
    assert uploaded(office) == [DRAWN]


def test_it_is_a_picture_of_no_other_chart(office: Office) -> None:
    begin(office)
    office.settle()
    shows(office, CHART, DRAWN)
    shows(office, OTHER)
    assert uploaded(office) == [DRAWN, OWN]


def test_it_takes_no_room_once_slack_has_it(office: Office) -> None:
    begin(office)
    office.settle()
    shows(office, CHART, DRAWN)
    kept = office.db.read(lambda tx: pictures.of(tx, 1))
    assert kept is not None
    assert (kept.png, bool(kept.file)) == (b"", True)


def test_where_no_value_is_known_and_slack_loses_the_picture_the_words_have_to_do(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unpaintable(*_: object) -> Picture:
        raise Unpaintable

    monkeypatch.setattr(Painter, "paint", unpaintable)
    begin(office)
    office.settle()
    shows(office, replace(CHART, labels=(), series=()), DRAWN)
    shows(office, replace(OTHER, labels=(), series=(), alt=CHART.title))
    assert "could not be drawn" in str(office.said()[0].blocks)
