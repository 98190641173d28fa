"""A web server: one instance of the group, with a port of its own."""

import asyncio
import math
import socket
from dataclasses import dataclass, field
from random import Random

from playground.shop import http, pages
from playground.shop.database import Database
from playground.shop.http import HungUp, Refused, Reply, Silence
from playground.shop.seen import DATABASE_PORT, WEB_PORT, Server
from playground.shop.timing import Timing

_FIRST_AGAIN = 0.2  # seconds until a lost packet is sent again; each further time takes twice as long
_MOST = 12  # times that are reckoned with


@dataclass(slots=True)
class Worker:
    """It listens while its instance runs and has booted."""

    server: Server
    database: Database
    timing: Timing
    region: str
    chance: Random
    bucket_denied: bool = False
    cache_lost: bool = False
    boots: float | None = None  # when it will have booted; None: it has, or does not run
    _socket: socket.socket = field(
        default_factory=http.reserved
    )  # its port is nobody else's, listening or not
    _listener: asyncio.Server | None = None

    @property
    def up(self) -> bool:
        """Whether it takes connections at all."""
        return self._listener is not None

    @property
    def port(self) -> int:
        """Where it answers, or refuses."""
        return http.port_of(self._socket)

    async def open(self) -> None:
        """Listen; the database is connected to anew."""
        self.boots = None
        if self._listener is None:
            self.database.connect(self.server.id)
            self._listener = await http.serve(self._answer, self._socket)

    def refuse(self) -> None:
        """Refuse whoever comes."""
        self.boots = None
        if self._listener is not None:
            self._listener.close()
            self._listener, self._socket = None, http.reserved()

    def close(self) -> None:
        """Be gone."""
        self.refuse()
        self._socket.close()

    def error(self) -> str:
        """What its page ends with at this moment, by what it knows of itself; "" where all is well."""
        if not self.up:
            return "502"
        if self.server.cut_off:
            return "504"
        return self.database.error(self.server.id)

    def passes(self, patience: float) -> str:
        """How a health check ends that waits so long (seconds): ok, refused or silent.

        The page that is checked does not ask the database: a target is not taken out for its sake.
        """
        if not self.up:
            return "refused"
        return "silent" if self.server.cut_off or self._late(WEB_PORT) > patience else "ok"

    def lateness(self, limit: float) -> float:
        """The share of its pages, from 0 to 1, that come later than `limit` (seconds)."""
        spoilt = self.server.spoilt
        if self.cache_lost and self.timing.without > limit:
            return 1.0
        if spoilt is None or not self._is_meant(WEB_PORT, DATABASE_PORT):
            return 0.0
        if spoilt.loss >= 1:
            return 1.0
        each = (
            spoilt.loss**lost * (1 - spoilt.loss) * _above(limit - _again(lost), spoilt.delay, spoilt.jitter)
            for lost in range(_MOST)
        )
        return sum(each) + spoilt.loss**_MOST

    async def _answer(self, path: str) -> Reply:
        if self.server.cut_off:
            raise Silence
        late = self._late(WEB_PORT) if path == pages.HEALTH else self._late(WEB_PORT, DATABASE_PORT)
        if math.isinf(late):
            raise Silence
        await asyncio.sleep(late)
        return await self._page(path)

    async def _page(self, path: str) -> Reply:
        me = f"{self.server.id} {self.server.zone}"
        if path == pages.HEALTH:
            return Reply(200, "well", me)
        if path == pages.PICTURE:
            return pages.picture(me, denied=self.bucket_denied)
        begun = asyncio.get_running_loop().time()
        try:
            stored = await self.database.ask(self.server.id)
        except TimeoutError:
            return pages.failure(504, me)
        except (HungUp, Refused):
            code = int(self.database.error(self.server.id) or 502)
            return pages.failure(code if code == 500 else 502, me)
        if self.cache_lost:  # asked at the same time as the database
            await asyncio.sleep(begun + self.timing.without - asyncio.get_running_loop().time())
        return pages.front(self.region, me, stored.body)

    def _late(self, *ports: int) -> float:
        """How late this answer is (seconds), as chance will have it; infinite where it is lost for good."""
        spoilt = self.server.spoilt
        if spoilt is None or not self._is_meant(*ports):
            return 0.0
        lost = 0
        while lost < _MOST and self.chance.random() < spoilt.loss:
            lost += 1
        if lost == _MOST:
            return math.inf
        return max(spoilt.delay + spoilt.jitter * (2 * self.chance.random() - 1), 0) + _again(lost)

    def _is_meant(self, *ports: int) -> bool:
        return self.server.spoilt is not None and self.server.spoilt.port in {0, *ports}


def _again(lost: int) -> float:
    """Seconds that so many lost packets in a row cost."""
    return float(_FIRST_AGAIN * (2**lost - 1))


def _above(limit: float, middle: float, spread: float) -> float:
    """How probable it is that something even between middle - spread and middle + spread is above a limit."""
    if spread <= 0:
        return float(middle > limit)
    return min(max((middle + spread - limit) / (2 * spread), 0.0), 1.0)
