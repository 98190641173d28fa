"""The playground's bot knows a probe of the shop."""

from datetime import timedelta
from pathlib import Path

from bot.probe import Kind
from bot.settings import load_without_slack
from playground.__main__ import CONFIG
from playground.probed import with_probe


def test_the_usual_config_and_a_probe(tmp_path: Path) -> None:
    written = with_probe(CONFIG, "http://127.0.0.1:12345/", tmp_path)
    found = load_without_slack({"TOBAN_CONFIG": str(written)})
    usual = load_without_slack({"TOBAN_CONFIG": str(CONFIG)})
    assert found.policy == usual.policy
    assert found.schedules == usual.schedules
    assert set(usual.probes) == set()
    (probe,) = found.probes.values()
    assert (probe.name, probe.kind, probe.at) == ("shop", Kind.HTTP, "http://127.0.0.1:12345/")
    assert probe.every == timedelta(milliseconds=500)
