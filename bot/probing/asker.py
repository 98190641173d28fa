"""A question of any kind, asked once, now: from a probe to its sample."""

import ssl
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cached_property

from aws.account import Accounts
from bot.probe import UNREAD, Kind, Probe, Sample
from bot.probing import http, tcp
from bot.probing.answer import Answer
from bot.probing.aws import AwsAsker
from bot.probing.names import Names

Ask = Callable[[Probe], Sample]


def utc_now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


class Asker:
    """Asks.  Safe to share between threads."""

    def __init__(
        self,
        accounts: Accounts | None = None,
        now: Callable[[], datetime] = utc_now,
        *,
        names: Names | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """Without accounts, what AWS would be asked is `unread`.

        `tls` says whom to trust; None: those whom this machine trusts.
        """
        self._aws = AwsAsker(accounts, now) if accounts else None
        self._now = now
        self._names = names or Names()
        self._trusted = tls

    def __call__(self, probe: Probe) -> Sample:
        """Ask once, and wait for the answer for the probe's timeout at most; AWS's may take longer."""
        at, begun = self._now(), time.monotonic()
        answer = self._asked(probe)
        return Sample(probe.name, at, time.monotonic() - begun, answer.error, answer.value)

    def each(self, probes: Sequence[Probe]) -> tuple[Sample, ...]:
        """Ask each once, side by side, in their order."""
        with ThreadPoolExecutor(max(len(probes), 1), "probe") as hands:
            return tuple(hands.map(self, probes))

    def _asked(self, probe: Probe) -> Answer:
        match probe.kind:
            case Kind.HTTP:
                return http.ask(probe, self._names, self._tls if probe.at.startswith("https:") else None)
            case Kind.TCP:
                return tcp.ask(probe, self._names)
            case Kind.TARGETS | Kind.METRIC | Kind.COMMAND:
                return self._aws.ask(probe) if self._aws else Answer(UNREAD)

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        """Made when the first needs it: reading whom to trust takes a moment."""
        return self._trusted or ssl.create_default_context()
