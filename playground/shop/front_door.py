"""What the shop's name leads to: a region by the weights of its records, as long as a resolver keeps them."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from playground.shop import http, pages
from playground.shop.http import HungUp, Refused, Reply
from playground.shop.timing import Timing

Weights = Mapping[str, int]  # by region


@dataclass(slots=True)
class FrontDoor:
    """One URL, whatever becomes of the regions.  Times are seconds of the event loop's clock."""

    timing: Timing
    port_of: Callable[[str], int]  # of the balancer of a region; 0 where there is none
    port: int = 0
    _told: Weights = field(default_factory=dict)  # by the records, last
    _kept: Weights = field(default_factory=dict)  # by who asks
    _due: list[tuple[float, Weights]] = field(default_factory=list)
    _owed: dict[str, float] = field(default_factory=dict)
    _listener: asyncio.Server | None = None

    def look(self, weights: Weights, ttl: float, now: float) -> None:
        """Take over the records: known when the time to live of the older ones is over."""
        if weights == self._told:
            return
        self._due.append((now + self.timing.of(ttl) if self._told else now, weights))
        self._told = weights

    def learn(self, now: float) -> None:
        """Ask for the name anew where that is due."""
        while self._due and now >= self._due[0][0]:
            self._kept = self._due.pop(0)[1]

    def shares(self) -> Mapping[str, float]:
        """Where the name leads at this moment: regions and their share; weights that are all 0 count alike.

        "Weighted routing", Amazon Route 53 developer guide.
        """
        total = sum(self._kept.values())
        if not total:
            return {region: 1 / len(self._kept) for region in self._kept}
        return {region: weight / total for region, weight in self._kept.items() if weight}

    async def open(self) -> None:
        """Answer on a port that stays."""
        taken = http.reserved()
        self.port = http.port_of(taken)
        self._listener = await http.serve(self._answer, taken)

    def close(self) -> None:
        """Be gone."""
        if self._listener:
            self._listener.close()

    async def _answer(self, path: str) -> Reply:
        region = self._next()
        port = self.port_of(region) if region else 0
        if not port:
            return pages.failure(503)
        try:
            return await http.fetch(port, path, self.timing.longest + 2 * self.timing.patience)
        except (TimeoutError, HungUp, Refused):
            return pages.failure(503)

    def _next(self) -> str:
        """The region to which the most is owed by now: shares come out even over any few pages."""
        shares = self.shares()
        for region in [one for one in self._owed if one not in shares]:
            del self._owed[region]
        for region, share in shares.items():
            self._owed[region] = self._owed.get(region, 0.0) + share
        chosen = max(self._owed, key=lambda one: self._owed[one], default="")
        if chosen:
            self._owed[chosen] -= 1
        return chosen
