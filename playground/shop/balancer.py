"""The balancer of a region: each page goes to the next healthy server; 504, 502 or 503 where none answers."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from playground.aws.target_verdicts import Verdict
from playground.shop import http, pages
from playground.shop.http import HungUp, Refused, Reply
from playground.shop.seen import Checks, Site
from playground.shop.target import Target
from playground.shop.timing import Timing
from playground.shop.worker import Worker


@dataclass(slots=True)
class Balancer:
    """As an Application Load Balancer does it with one target group over all zones."""

    timing: Timing
    targets: dict[str, Target] = field(default_factory=dict)  # by instance id
    checks: Checks = field(default_factory=Checks)
    port: int = 0
    _away: frozenset[str] = frozenset()
    _turn: int = 0
    _listener: asyncio.Server | None = None

    def look(self, site: Site, workers: Mapping[str, Worker], now: float, *, first: bool) -> None:
        """Take over who is registered; at the `first` look those are healthy."""
        self.checks, self._away = site.checks, site.away
        known = [key for key in site.targets if key in workers]
        for place, key in enumerate(known):
            if key not in self.targets:
                begins = now + self.timing.of(self.checks.every) * place / len(known)
                self.targets[key] = Target(workers[key], begins if first else now, healthy=first or None)
            self.targets[key].leaving = False
        for key in [key for key in self.targets if key not in known]:
            self._take_out(key, site)

    def check(self, now: float) -> None:
        """Do the checks that are due; who left and is found out is forgotten."""
        for key, one in list(self.targets.items()):
            one.check(self.checks, self.timing.scale, now)
            if one.leaving and not one.healthy:
                del self.targets[key]

    def verdicts(self) -> Mapping[str, Verdict]:
        """What is wrong with targets, by instance."""
        return {key: said for key, one in self.targets.items() if (said := one.verdict)}

    def chosen(self) -> Sequence[Worker]:
        """Who gets pages at this moment: the healthy, or all where nobody is ("fail open")."""
        here = [one for one in self.targets.values() if one.worker.server.zone not in self._away]
        healthy = [one for one in here if one.healthy]
        return [one.worker for one in healthy or here]

    async def open(self) -> None:
        """Answer on a port of its own."""
        taken = http.reserved()
        self.port = http.port_of(taken)
        self._listener = await http.serve(self._answer, taken)

    def close(self) -> None:
        """Be gone."""
        if self._listener:
            self._listener.close()

    def _take_out(self, key: str, site: Site) -> None:
        """One that its group or somebody takes out gets nothing more; one that dies is found out later."""
        server = site.servers.get(key)
        told = key in site.drained or (server is not None and server.running)
        if told:
            del self.targets[key]
        else:
            self.targets[key].leaving = True

    async def _answer(self, path: str) -> Reply:
        chosen = self.chosen()
        if not chosen:
            return pages.failure(503)
        self._turn += 1
        worker = chosen[self._turn % len(chosen)]
        patience = self.timing.patience if worker.server.cut_off else self.timing.longest
        try:
            return await http.fetch(worker.port, path, patience)
        except TimeoutError:
            return pages.failure(504)
        except (HungUp, Refused):
            return pages.failure(502)
