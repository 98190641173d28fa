import errno
import socket
import ssl
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

from bot.probe import LATE
from bot.probing.asker import Asker
from bot.probing.names import Names
from tests.bot.probing.certificate import certified
from tests.bot.probing.web import OK, asks, resets, says, unused_port, web


def error_of(answer: bytes, **more: object) -> str:
    with web(says(answer)) as made:
        return Asker()(asks(made.url, **more)).error


def status(line: str, more: str = "") -> bytes:
    return f"HTTP/1.1 {line}\r\nContent-Length: 0\r\n{more}\r\n".encode()


def test_an_answer_is_well() -> None:
    with web(says(OK)) as made:
        sample = Asker()(asks(made.url))
    assert (sample.ok, sample.probe) == (True, "shop")
    assert 0 < sample.took < 0.5


@pytest.mark.parametrize("line", ["504 Gateway Timeout", "502 Bad Gateway", "204 No Content", "404 x"])
def test_another_status_is_the_error(line: str) -> None:
    assert error_of(status(line)) == line[:3]
    assert error_of(status(line), status=int(line[:3])) == ""


def test_a_redirect_is_not_followed() -> None:
    with web(says(status("302 Found", "Location: /elsewhere\r\n"))) as made:
        assert Asker()(asks(made.url)).error == "302"
    assert len(made.asked) == 1


def test_each_question_is_a_connection_of_its_own_and_says_who_asks() -> None:
    with web(says(OK)) as made:
        for _ in range(3):
            assert Asker()(asks(f"{made.url}health?deep=1")).ok
    (said,) = set(made.asked)
    assert said.startswith(f"GET /health?deep=1 HTTP/1.1\r\nHost: 127.0.0.1:{made.port}\r\nUser-Agent: toban")
    assert len(made.asked) == 3


def test_no_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{unused_port()}")
    assert error_of(OK) == ""


def test_what_must_stand_in_it_is_looked_for() -> None:
    assert error_of(OK, contains="s ok") == ""
    assert error_of(OK, contains="well") == "content"


@pytest.mark.parametrize("named", ["; charset=shift_jis", "; charset=nobody-knows", ""])
def test_text_is_looked_for_in_the_character_set_of_the_answer(named: str) -> None:
    body = "在庫あり".encode("shift_jis" if "shift" in named else "utf-8")
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html{named}\r\nContent-Length: {len(body)}\r\n\r\n"
    assert error_of(head.encode() + body, contains="在庫あり") == ""


def test_no_more_of_a_body_is_read_than_is_needed() -> None:
    def endless(line: socket.socket, _head: bytes) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nall's ok\r\n")
        while True:
            line.sendall(b"400\r\n" + b"x" * 1024 + b"\r\n")

    with web(endless) as made:
        assert Asker()(asks(made.url, contains="ok")).ok
        sample = Asker()(asks(made.url, contains="never"))
    assert sample.error == "content"


def test_nobody_listens() -> None:
    assert Asker()(asks(f"http://127.0.0.1:{unused_port()}/")).error == "refused"


def test_a_connection_that_is_reset_or_closed_without_an_answer() -> None:
    with web(resets) as made:
        assert Asker()(asks(made.url)).error == "reset"
    assert error_of(b"") == "reset"
    assert error_of(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nall", contains="ok") in {
        "content",
        "reset",
    }


def test_what_is_not_http_is_content() -> None:
    assert error_of(b"220 mail.example ESMTP\r\n") == "content"


def test_nobody_waits_longer_than_the_timeout_however_slowly_it_drips() -> None:
    over = threading.Event()

    def drips(line: socket.socket, _head: bytes) -> None:
        for byte in OK * 10:
            line.sendall(bytes([byte]))
            if over.wait(0.05):
                return

    with web(drips) as made:
        begin = time.monotonic()
        sample = Asker()(asks(made.url, contains="never"))
        assert time.monotonic() - begin < 1.5
        over.set()
    assert sample.error == "timeout"
    assert sample.took == pytest.approx(0.5, abs=0.3)


def test_a_name_that_is_not_known() -> None:
    def nowhere(_host: str, _port: int) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    names = Names(nowhere)  # type: ignore[arg-type]
    assert Asker(names=names)(asks("http://shop.example/")).error == "name"


def test_a_name_that_is_looked_up_too_long_holds_nobody_up_and_is_looked_up_once() -> None:
    over, looks = threading.Event(), []

    def slow(host: str, _port: int) -> list[tuple[int, tuple[object, ...]]]:
        looks.append(host)
        over.wait(10)
        return [(socket.AF_INET, ("127.0.0.1", port))]

    with web(says(OK)) as made:
        port = made.port
        ask = Asker(names=Names(slow))
        probe = asks("http://shop.example/", timeout=timedelta(seconds=0.1))
        assert [ask(probe).error for _ in range(3)] == ["name"] * 3
        assert looks == ["shop.example"]
        over.set()
        assert ask(asks("http://shop.example/")).ok


def test_the_next_address_is_tried_when_one_refuses() -> None:
    with web(says(OK)) as made:
        both = [(socket.AF_INET, ("127.0.0.1", port)) for port in (unused_port(), made.port)]
        assert Asker(names=Names(lambda _host, _port: both))(asks("http://shop.example/")).ok


def test_a_certificate_is_held_against_whom_is_trusted_and_against_the_name(tmp_path: Path) -> None:
    served, trusted = certified(tmp_path, "shop.example")
    with web(says(OK), served) as made:
        here = Names(lambda _host, _port: [(socket.AF_INET, ("127.0.0.1", made.port))])
        assert Asker(names=here, tls=trusted)(asks("https://shop.example/")).ok
        assert Asker(names=here, tls=trusted)(asks("https://other.example/")).error == "tls"
        strangers = ssl.create_default_context(cafile=None)
        assert Asker(names=here, tls=strangers)(asks("https://shop.example/")).error == "tls"


def test_a_server_that_speaks_no_tls(tmp_path: Path) -> None:
    _, trusted = certified(tmp_path, "shop.example")
    with web(says(b"220 hello\r\n")) as made:
        assert Asker(tls=trusted)(asks(f"https://127.0.0.1:{made.port}/")).error == "tls"


def test_a_machine_without_a_connection_left_says_nothing_about_the_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr("bot.probing.line.socket.socket", full)
    sample = Asker()(asks("http://127.0.0.1:1/"))
    assert (sample.error, sample.tells) == (LATE, False)
