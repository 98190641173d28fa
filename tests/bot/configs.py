"""Settings from a config file written for one test."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, load

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1-hush", "SLACK_APP_TOKEN": "xapp-1-hush"}
LEAST = """
zone = "Asia/Tokyo"
[accounts.prod]
id = "111111111111"
regions = ["ap-northeast-1"]
"""
SCHEDULE = """
[schedules.nightly]
line = "snapshot create tag:Backup=daily"
days = "daily"
time = "01:00"
channel = "C0OPS"
owner = "U0SATO"
"""
Load = Callable[..., Settings]


def loader(tmp_path: Path) -> Load:
    """Settings with this config file, and these variables besides the tokens."""

    def loaded(text: str, **variables: str) -> Settings:
        file = tmp_path / "toban.toml"
        file.write_text(text, encoding="utf-8")
        return load({**TOKENS, "TOBAN_CONFIG": str(file), **variables})

    return loaded


def mistakes(config: Load, text: str, **variables: str) -> list[str]:
    with pytest.raises(SettingsError) as raised:
        config(text, **variables)
    return [str(mistake) for mistake in raised.value.mistakes]
