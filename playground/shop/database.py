"""The database of a site: a primary and a standby, each with a port of its own.

A failover moves the primary in RDS's time.  Until it is completed nobody is answered.  After it a web server
still holds connections to the old primary, and keeps the old address of the name: the standby takes none, so
that pages end in the middle, until each server has noticed.
"""

import asyncio
from dataclasses import dataclass, field

from playground.shop import http, seen
from playground.shop.http import Reply, Silence
from playground.shop.timing import Timing

_STEP = 2.0  # seconds between one web server's noticing and the next one's


@dataclass(slots=True)
class Database:
    """What answers the web servers' questions; times are seconds of the event loop's clock."""

    timing: Timing
    _seen: seen.Database | None = None
    _believed: dict[str, str] = field(default_factory=dict)  # by server: the zone it holds for the primary's
    _notices: dict[str, float] = field(default_factory=dict)  # by server: when it learns better
    _ports: dict[str, int] = field(default_factory=dict)  # by zone
    _listeners: list[asyncio.Server] = field(default_factory=list)

    def look(self, now_seen: seen.Database | None, now: float) -> None:
        """Take over what the local AWS says."""
        before, self._seen = self._seen, now_seen
        if before is None or now_seen is None:
            return
        completed = before.failing_over and not now_seen.failing_over
        if completed or (before.primary != now_seen.primary and not now_seen.failing_over):
            self._break_connections(now)

    def learn(self, now: float) -> None:
        """Let the servers notice for which it is time."""
        for server in [key for key, at in self._notices.items() if now >= at]:
            del self._notices[server]
            self.connect(server)

    def connect(self, server: str) -> None:
        """Let a web server connect anew: it asks for the address."""
        self._notices.pop(server, None)
        self._believed[server] = self._seen.primary if self._seen else ""

    def error(self, server: str) -> str:
        """What a page of this server ends with at this moment: 500, 504, 502, or "" where all is well."""
        if self._seen is None or not self._seen.there:
            return "500"
        if self._seen.failing_over or self._seen.cut_off:
            return "504"
        return "" if self._believed.get(server, "") == self._seen.primary else "502"

    @property
    def primary(self) -> str:
        """The zone of the primary."""
        return self._seen.primary if self._seen else ""

    async def open(self) -> None:
        """Have a port for the primary and one for the standby."""
        zones = (self._seen.primary, self._seen.standby) if self._seen else ()
        for zone in zones:
            if zone and zone not in self._ports:
                taken = http.reserved()
                self._listeners.append(await http.serve(self._answering(zone), taken))
                self._ports[zone] = http.port_of(taken)

    def close(self) -> None:
        """Be gone."""
        for one in self._listeners:
            one.close()

    async def ask(self, server: str) -> Reply:
        """Ask as this server does.  Raises Refused, HungUp, or TimeoutError."""
        port = self._ports.get(self._believed.get(server, ""))
        if port is None:
            raise http.Refused
        return await http.fetch(port, "/", self.timing.patience)

    def _answering(self, zone: str) -> http.Answering:
        return lambda _: self._answer(zone)

    async def _answer(self, zone: str) -> Reply:
        if self._seen is None or not self._seen.there:
            raise http.HungUp
        if self._seen.failing_over or self._seen.cut_off:
            raise Silence
        if zone != self._seen.primary:
            raise http.HungUp
        return Reply(200, zone)

    def _break_connections(self, now: float) -> None:
        for place, server in enumerate(sorted(self._believed)):
            if self._seen and self._believed[server] != self._seen.primary:
                late = max(self.timing.reconnect - _STEP * place, 0)
                self._notices[server] = now + self.timing.of(late)
