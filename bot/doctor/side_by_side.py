"""Runs the checks side by side, none longer than its time; one that stumbles is a finding, not a trace."""

import threading
import time
from collections.abc import Sequence

from bot.doctor import unseen
from bot.doctor.finding import Check, Finding, Says
from bot.slack.sight import SlackAway, SlackSaysNo

SECONDS = 30.0
"""How long a check may take: a few questions, of which each has five seconds."""


def findings(checks: Sequence[Check], seconds: float = SECONDS) -> list[Finding]:
    """What all of them found, in their order, after so many seconds at most."""
    found: list[list[Finding]] = [[] for _ in checks]
    threads = [
        threading.Thread(target=_look, args=(check, into), name=check.name, daemon=True)
        for check, into in zip(checks, found, strict=True)
    ]  # daemons: one that hangs keeps nobody from going home
    for thread in threads:
        thread.start()
    until = time.monotonic() + seconds
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
    late = [thread.is_alive() for thread in threads]
    return [
        finding
        for check, into, is_late in zip(checks, found, late, strict=True)
        for finding in ([*into, _late(check, seconds)] if is_late else into)
    ]


def _look(check: Check, into: list[Finding]) -> None:
    try:
        into.extend(check.look())
    except (SlackAway, SlackSaysNo) as error:
        into.append(unseen.on_slack(Says(check.name), error))
    except Exception as error:  # noqa: BLE001 - the edge of a thread; its text may hold a secret
        into.append(_stumbled(check, error))


def _late(check: Check, seconds: float) -> Finding:
    return Says(check.name).failed(
        f"This did not come to an end within {seconds:g} s.",
        "Look whether Slack, AWS and the database are reached from this machine, then ask the doctor again.",
    )


def _stumbled(check: Check, error: Exception) -> Finding:
    return Says(check.name).failed(
        f"The check itself stumbled ({type(error).__name__}).",
        "Please report this as a mistake of toban's, with the line above; all the other checks hold.",
    )
