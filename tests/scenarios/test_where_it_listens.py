"""The whole bot, beside a local Slack and a local AWS: nobody but this machine can connect to any of them."""

import socket
from pathlib import Path

import psutil
import pytest

from playground.aws.server import LocalAws
from tests.scenarios.whole import the_whole

PORT = 8085  # where the pages for monitors are when nothing else is said


def listens() -> dict[int, str]:
    """The ports at which this process takes connections, and at which addresses."""
    every = psutil.Process().net_connections("inet")
    return {one.laddr.port: one.laddr.ip for one in every if one.status == psutil.CONN_LISTEN}


@pytest.fixture
def free() -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind(("127.0.0.1", PORT))
        except OSError:
            pytest.skip(f"somebody else listens at {PORT}")


@pytest.mark.usefixtures("free")
def test_the_whole_bot_listens_on_the_loopback_only(local_aws: LocalAws, tmp_path: Path) -> None:
    with the_whole(local_aws, tmp_path, config="\n[health]\n", running=False) as whole:
        before = listens()
        whole.start()
        during = listens()
        whole.stop()
        assert set(during) - set(before) == {PORT}
        assert set(during.values()) == {"127.0.0.1"}
        assert listens() == before
