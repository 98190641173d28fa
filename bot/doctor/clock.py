"""The clock: AWS refuses signatures that are five minutes off, and schedules run by this machine's."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from aws.account import Place
from aws.clock import time_of
from aws.errors import AwsError
from bot.doctor.finding import Finding, Says
from bot.doctor.patient import Patient
from bot.slack.sight import SlackAway, SlackSaysNo

NAME = "clock"
_SAYS = Says(NAME)
WRONG, USELESS = timedelta(seconds=30), timedelta(minutes=5)
SECOND = timedelta(seconds=1)  # what a Date is true to
_SYNC = (
    "Set it by the network: chrony or systemd-timesyncd"
    " (on EC2 with the Amazon Time Sync Service, 169.254.169.123)."
)


def look(patient: Patient) -> Iterator[Finding]:
    """This machine's clock beside Slack's and AWS's, whichever of them answers."""
    slack = patient.slack
    account = patient.settings.accounts[0]
    sts = patient.aws.sts(Place(account.name, account.regions[0]))
    asked = {
        "AWS": _off(patient.now, lambda: time_of(sts)),
        "Slack": _off(patient.now, lambda: slack.who().at) if slack else None,
    }
    known = {who: off for who, off in asked.items() if off is not None}
    if not known:
        yield _SAYS.warning(
            "Neither AWS nor Slack said what time it is.", "Put right what “aws identity” says first."
        )
        return
    who, most = max(known.items(), key=lambda each: abs(each[1]))
    yield _finding(who, most, known)


def _off(now: Callable[[], datetime], ask: Callable[[], datetime | None]) -> timedelta | None:
    """How far their clock is before ours; an answer took its time, and that is no difference."""
    before = now()
    try:
        theirs = ask()
    except (AwsError, SlackAway, SlackSaysNo):
        return None
    if theirs is None:
        return None
    after = now()
    return max(theirs - after, timedelta()) or min(theirs + SECOND - before, timedelta())


def _finding(who: str, off: timedelta, known: dict[str, timedelta]) -> Finding:
    seconds = round(abs(off).total_seconds())
    way = "behind" if off > timedelta() else "ahead of"
    what = f"This machine's clock is {seconds} s {way} {who}'s"
    if abs(off) > USELESS:
        return _SAYS.failed(f"{what}: AWS refuses what is signed so.", _SYNC)
    if abs(off) > WRONG:
        return _SAYS.warning(f"{what}.", _SYNC)
    return _SAYS.ok(f"The clock is within {max(seconds, 1)} s of {' and '.join(sorted(known))}.")
