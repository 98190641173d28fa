from bot.probe import Kind, Probe
from bot.probing.asker import Asker
from tests.bot.probing.web import says, unused_port, web


def test_a_connection_that_is_taken_is_well() -> None:
    with web(says(b"")) as made:
        assert Asker()(Probe("db", Kind.TCP, f"127.0.0.1:{made.port}")).ok


def test_a_port_where_nobody_listens_is_refused() -> None:
    assert Asker()(Probe("db", Kind.TCP, f"127.0.0.1:{unused_port()}")).error == "refused"
    assert Asker()(Probe("db", Kind.TCP, f"[::1]:{unused_port()}")).error == "refused"
