"""The end of what an instance wrote to its console; a contract test, since moto writes nothing there."""

import base64

from aws import console
from tests.canned import TOKYO, CannedAccounts

WRITTEN = (
    "[    0.0] Linux\r\n\x1b[32mok\x1b[0m\n\n[    1.0] VFS: Cannot open root device\n[    1.1] Kernel panic\n"
)


def tail(written: str, lines: int = 20) -> tuple[str, ...]:
    encoded = base64.b64encode(written.encode()).decode()  # as EC2 sends it; botocore decodes
    aws = CannedAccounts({"ec2.GetConsoleOutput": {"InstanceId": "i-1", "Output": encoded}})
    return console.tail(aws.ec2(TOKYO), "i-1", lines)


def test_the_last_lines_come_without_the_terminals_colours() -> None:
    assert tail(WRITTEN, 3) == ("ok", "[    1.0] VFS: Cannot open root device", "[    1.1] Kernel panic")


def test_a_machine_that_has_said_nothing_has_no_lines() -> None:
    assert tail("") == ()


def test_a_line_without_end_is_cut() -> None:
    assert len(tail("x" * 5000)[0]) <= 300
