"""A whole setup: the playground's config, a local Slack and a local AWS, each to be spoilt by a test."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.doctor.finding import Finding, Health
from bot.doctor.patient import Patient, patient
from bot.settings import load
from bot.slack.manifest import SCOPES
from playground.__main__ import CONFIG, REGION
from playground.aws.server import LocalAws
from playground.slack.server import LocalSlack


@dataclass
class Clock:
    """This machine's clock, as wrong as a test wants it."""

    off: timedelta = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.off


@dataclass
class Setup:
    """A whole setup, and its environment."""

    slack: LocalSlack
    aws: LocalAws
    folder: Path
    environment: dict[str, str]
    clock: Clock = field(default_factory=Clock)
    made: list[Patient] = field(default_factory=list)

    def configure(self, text: str) -> None:
        """Take this config instead of the playground's."""
        (self.folder / "toban.toml").write_text(text, encoding="utf-8")
        self.environment["TOBAN_CONFIG"] = str(self.folder / "toban.toml")

    @property
    def patient(self) -> Patient:
        """Who is examined."""
        self.made.append(patient(load(self.environment), self.clock))
        return self.made[-1]

    @property
    def database(self) -> Path:
        return self.folder / "toban.db"


@pytest.fixture(scope="session")
def one_local_aws() -> Iterator[LocalAws]:
    with LocalAws() as local:
        yield local


@pytest.fixture(scope="module")
def one_local_slack() -> Iterator[LocalSlack]:
    with LocalSlack(scopes=SCOPES) as local:
        yield local


@pytest.fixture
def setup(
    one_local_aws: LocalAws, one_local_slack: LocalSlack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Setup]:
    one_local_aws.reset()
    one_local_slack.workspace.begin_anew()
    one_local_slack.faults.clear()
    one_local_slack.scopes[:] = SCOPES
    aws = one_local_aws.environment(region=REGION)
    for name, value in aws.items():
        monkeypatch.setenv(name, value)
    environment = {
        **aws,
        "SLACK_BOT_TOKEN": one_local_slack.bot_token,
        "SLACK_APP_TOKEN": one_local_slack.app_token,
        "SLACK_API_URL": one_local_slack.api_url,
        "TOBAN_DATABASE_URL": f"sqlite:///{tmp_path}/toban.db",
        "TOBAN_CONFIG": str(CONFIG),
    }
    made = Setup(one_local_slack, one_local_aws, tmp_path, environment)
    yield made
    for one in made.made:
        with closing(one.aws):
            pass


def only(found: list[Finding], health: Health) -> Finding:
    """The one finding, which stands so."""
    (finding,) = found
    assert finding.health is health, finding
    assert finding.what.endswith((".", "!")), finding
    assert (finding.do == "") is (health is Health.OK), finding
    return finding
