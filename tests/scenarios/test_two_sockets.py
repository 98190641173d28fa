"""A front has two sockets: while one of them comes back anew, what people type comes in by the other."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.slack.hearing import Watch
from playground.aws.server import LocalAws
from playground.slack.socket_mode import SocketMode
from tests.scenarios.whole import Whole, the_whole


@pytest.fixture
def whole(local_aws: LocalAws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Whole]:
    monkeypatch.setattr("bot.slack.connection.WATCH", Watch(ping_every=1.0, silence=2.5, look_every=0.2))
    with the_whole(local_aws, tmp_path) as there:
        yield there


@pytest.mark.parametrize("goes", [SocketMode.refresh, SocketMode.drop], ids=["asked to", "broken off"])
def test_a_socket_that_reconnects_misses_nothing(
    whole: Whole, goes: Callable[[SocketMode, int], None]
) -> None:
    numbers = []
    for _ in range(2):  # the older one goes, so each is it once
        goes(whole.slack.socket, 1)
        numbers += [whole.asks("/ec2 list") for _ in range(3)]
        whole.until(lambda: whole.slack.socket.connections == 2, 30)
    assert len(set(numbers)) == len(numbers) == 6
    assert whole.rows("select count(*) from asks") == [(6,)]
