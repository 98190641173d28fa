import pytest

from bot.schedule import DAYS, Schedule


@pytest.mark.parametrize(
    ("days", "said"), [(DAYS, "daily"), (DAYS[:5], "weekdays"), (DAYS[5:], "weekends"), (DAYS[:2], "mon,tue")]
)
def test_its_times_are_said_as_a_config_says_them(days: tuple[str, ...], said: str) -> None:
    one = Schedule("night", "backup tonight", days, "01:00", "Asia/Tokyo", "C0OPS", "U0SATO")
    assert one.when == f"{said} 01:00 Asia/Tokyo"
