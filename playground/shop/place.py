"""The shop in one region: web servers, balancer and database, as one look after another finds them."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from random import Random

from playground.shop.balancer import Balancer
from playground.shop.database import Database
from playground.shop.seen import Server, Site
from playground.shop.timing import Timing
from playground.shop.worker import Worker

SLOW = 1.0  # seconds: later answers are told as slow


class Place:
    """One region.  Times are seconds of the event loop's clock."""

    def __init__(self, timing: Timing, chance: Random) -> None:
        self._timing, self._chance = timing, chance
        self._workers: dict[str, Worker] = {}
        self._database = Database(timing)
        self.balancer = Balancer(timing)
        self._first = True
        self._denied = False

    async def look(self, site: Site, now: float) -> None:
        """Take over what the local AWS says of it."""
        self._database.look(site.database, now)
        await self._database.open()
        self._denied = site.bucket_denied
        for server in site.servers.values():
            await self._meet(server, site, now)
        for gone in [key for key in self._workers if key not in site.servers]:
            self._workers.pop(gone).close()
        if self._first:
            await self.balancer.open()
        self.balancer.look(site, self._workers, now, first=self._first)
        self._first = False

    async def pass_time(self, now: float) -> None:
        """Let happen what is due: boots, reconnections, checks."""
        for one in self._workers.values():
            if one.boots is not None and now >= one.boots:
                await one.open()
        self._database.learn(now)
        self.balancer.check(now)

    def outcomes(self) -> Mapping[str, float]:
        """What users meet at this moment: the share of pages by how they end, "" for a good one."""
        chosen = self.balancer.chosen()
        met = defaultdict[str, float](float)
        for one in chosen:
            error, late = one.error(), one.lateness(SLOW)
            lost = 0.0 if error else one.lateness(self._timing.longest)
            met[error] += 1 - lost
            met["504"] += lost
            met["slow"] += 0.0 if error else late - lost
        return {key: share / len(chosen) for key, share in met.items()} if chosen else {"503": 1.0}

    def picture_outcomes(self) -> Mapping[str, float]:
        """The same of the page that needs the bucket."""
        chosen = self.balancer.chosen()
        met = Counter(
            "502" if not one.up else "504" if one.server.cut_off else self._picture for one in chosen
        )
        return {key: count / len(chosen) for key, count in met.items()} if chosen else {"503": 1.0}

    def close(self) -> None:
        """Be gone."""
        self.balancer.close()
        self._database.close()
        for one in self._workers.values():
            one.close()

    @property
    def _picture(self) -> str:
        return "403" if self._denied else ""

    async def _meet(self, server: Server, site: Site, now: float) -> None:
        """Let a web server be as its instance: one that begins to run answers when it has booted."""
        one = self._workers.get(server.id)
        if one is None:
            one = Worker(server, self._database, self._timing, site.region, self._chance)
            self._workers[server.id] = one
        one.server, one.bucket_denied, one.cache_lost = server, site.bucket_denied, site.cache_lost
        if not server.running:
            one.refuse()
        elif self._first:
            await one.open()
        elif not one.up and one.boots is None:
            one.boots = now + self._timing.of(self._timing.boot)
