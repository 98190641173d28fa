"""The pages over HTTP: for who asks on this machine, and for nobody else."""

import json
import socket
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from bot.config.health import HERE, Listen
from bot.health.check import Facts
from bot.health.monitor import Monitor
from bot.health.pages import Pages
from bot.health.server import Server
from bot.health.tally import Tally
from bot.settings import SettingsError
from tests.bot.configs import LEAST, Load, loader, mistakes
from tests.bot.health.test_check import DEAF, HEARS, facts


@pytest.fixture
def config(tmp_path: Path) -> Load:
    return loader(tmp_path)


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server("127.0.0.1", 0)
    yield made
    made.stop()


def get(server: Server, path: str, method: str = "GET") -> tuple[int, str, str]:
    asking = HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    asking.request(method, path)
    answer = asking.getresponse()
    told = answer.status, answer.headers["Content-Type"], answer.read().decode()
    asking.close()
    return told


def serve(server: Server, *of: Facts) -> list[Facts]:
    """Serve these facts one after the other; returns what is left of them."""
    left = list(of)
    server.start(Pages(lambda: left.pop(0), Tally(), fresh=0.0).answer)
    return left


def test_green_and_red_are_told_by_the_status_and_the_reasons_are_there_to_read(server: Server) -> None:
    serve(server, facts(), facts(HEARS, DEAF))
    status, kind, page = get(server, "/healthz")
    assert (status, kind, json.loads(page)["status"]) == (200, "application/json", "green")
    status, _, page = get(server, "/healthz?verbose=1")
    told = json.loads(page)
    assert (status, told["status"]) == (503, "red")
    assert told["reasons"] == ["slack: 1 of 2 sockets heard nothing for 41 s; toban replaces them"]
    assert (told["checks"]["slack"], told["checks"]["audit"]) == ("red", "green")


def test_metrics_are_there_in_their_format_and_nothing_else_is(server: Server) -> None:
    serve(server, facts())
    status, kind, page = get(server, "/metrics")
    assert (status, kind) == (200, "text/plain; version=0.0.4; charset=utf-8")
    assert "toban_healthy 1\n" in page
    assert get(server, "/")[0] == 404
    assert get(server, "/healthz", "POST")[0] == 501


def test_a_head_has_no_page(server: Server) -> None:
    serve(server, facts())
    assert get(server, "/healthz", "HEAD") == (200, "application/json", "")


def test_who_asks_again_and_again_does_not_make_the_database_work(server: Server) -> None:
    left = [facts(), facts(), facts()]
    server.start(Pages(lambda: left.pop(0), Tally(), fresh=60.0).answer)
    for _ in range(5):
        get(server, "/healthz")
    assert len(left) == 2


def test_a_mistake_of_ours_is_no_silence(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    serve(server)  # no facts at all
    assert get(server, "/healthz")[0] == 500
    assert "a page failed" in caplog.text


def test_a_caller_that_says_nothing_keeps_nobody_waiting(server: Server) -> None:
    serve(server, facts())
    with socket.create_connection(("127.0.0.1", server.server_port)):
        assert get(server, "/healthz")[0] == 200


def test_a_port_that_is_taken_is_said_with_what_to_do(server: Server) -> None:
    with pytest.raises(SettingsError) as raised:
        Monitor(Listen("127.0.0.1", server.server_port))
    assert f"[health] listen: 127.0.0.1:{server.server_port} cannot be had" in str(raised.value)
    assert "write another port" in str(raised.value)


def test_nothing_listens_unless_the_config_says_so_and_then_on_this_machine_only(config: Load) -> None:
    assert config(LEAST).health is None
    assert config(f"{LEAST}\n[health]\n").health == HERE == Listen("127.0.0.1", 8085)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("127.0.0.1:9000", Listen("127.0.0.1", 9000)),
        ("[::1]:9000", Listen("::1", 9000)),
        ("0.0.0.0:9000", Listen("0.0.0.0", 9000)),  # who writes this means it
    ],
)
def test_the_config_says_where(config: Load, written: str, read: Listen) -> None:
    assert config(f'{LEAST}\n[health]\nlisten = "{written}"\n').health == read
    assert str(read) == written


@pytest.mark.parametrize(
    "written",
    ["localhost:9000", "127.0.0.1", ":9000", "9000", "127.0.0.1:0", "1.2.3.4:99999", "a@1.2.3.4:9", ""],
)
def test_what_is_no_address_is_a_mistake(config: Load, written: str) -> None:
    (found,) = mistakes(config, f'{LEAST}\n[health]\nlisten = "{written}"\n')
    assert found.startswith("[health] listen (in ")
    assert "write 127.0.0.1:8085" in found
