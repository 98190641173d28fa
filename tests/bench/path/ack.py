"""How soon a command is acknowledged: steadily at 50 a second, and 500 of them at once."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from playground.slack.server import LocalSlack
from tests.bench import apps, load
from tests.bench.apps import Running
from tests.bench.figure import Figure, times
from tests.bench.spread import percentile
from tests.bench.stub import stub

A_SECOND = 50
SECONDS = 2
ROUNDS = 12  # of each, in turn
BURST = 500
LINES = ("/ec2 list tag:service=db --account dev --region ap-northeast-1", "/toban pending")
UNANSWERED = 3000.0  # ms: what Slack waits


def measure() -> Sequence[Figure]:
    """The bot and the bare app, alive at the same time, asked in turn."""
    with (
        tempfile.TemporaryDirectory() as name,
        stub(instances=20) as aws,
        LocalSlack() as ours,
        LocalSlack() as theirs,
        apps.toban(Path(name), aws.url, ours) as bot,
        apps.bare(Path(name), aws.url, theirs) as bare,
    ):
        waits: dict[str, list[float]] = {"bot": [], "bare": []}
        for app in (bot, bare):
            _round(app, seconds=1)  # the first of everything is slower
        for _ in range(ROUNDS):
            waits["bot"] += _round(bot)
            waits["bare"] += _round(bare)
        lost = sum(not one.acked for one in load.at_once(bot.typed(LINES, BURST)))
    return [_p(50, waits), _p(99, waits), Figure(f"burst of {BURST}: not acknowledged", lost, 0)]


def _round(app: Running, seconds: int = SECONDS) -> list[float]:
    """Milliseconds until each acknowledgement; afterwards the app has done all it was asked."""
    outcomes = load.steadily(app.typed(LINES, A_SECOND * seconds), A_SECOND)
    app.process.settle()
    return [one.seconds * 1000 if one.acked else UNANSWERED for one in outcomes]


def _p(percent: int, waits: dict[str, list[float]]) -> Figure:
    bot, bare = (percentile(waits[name], percent) for name in ("bot", "bare"))
    name = f"acknowledgement at {A_SECOND}/s, p{percent}"
    return times(name, bot, bare, 1.5, unit="ms", of="bare Bolt with a commit")
