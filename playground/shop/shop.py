"""The shop as a whole: an event loop in a thread, and a second thread that looks at the local AWS."""

import asyncio
import logging
import threading
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from playground.shop.aws_state import look
from playground.shop.front_door import FrontDoor
from playground.shop.http import HOST
from playground.shop.light import Light, light
from playground.shop.place import Place
from playground.shop.seen import Seen
from playground.shop.timing import Timing
from playground.shop.truth import FRONT, PICTURE, Truth

if TYPE_CHECKING:
    from playground.aws.server import LocalAws

LOOK, TICK = 0.3, 0.05  # seconds between two looks at the local AWS, and between two at the clock
_LOG = logging.getLogger(__name__)


class Shop:
    """A context manager: it answers between enter and exit."""

    def __init__(
        self, aws: "LocalAws", timing: Timing | None = None, log: Path | None = None, look_every: float = LOOK
    ) -> None:
        self.timing, self.truth = timing or Timing(), Truth(log)
        self._aws, self._look_every = aws, look_every
        self._latest: Seen | None = None
        self._known: Seen | None = None
        self._chance = Random(20261121)  # which packets are lost
        self._places: dict[str, Place] = {}
        self._door = FrontDoor(self.timing, self._port_of)
        self._ready, self._stop = threading.Event(), threading.Event()
        self._threads = [
            threading.Thread(target=work, name=name, daemon=True)
            for name, work in (("shop", self._run), ("shop-eyes", self._watch))
        ]

    def __enter__(self) -> "Shop":
        for one in self._threads:
            one.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for one in self._threads:
            one.join()

    @property
    def url(self) -> str:
        """Return what the shop's name leads to."""
        return f"http://{HOST}:{self._door.port}/"

    @property
    def light(self) -> Light:
        """How its users fare at this moment."""
        return light(self.truth.now)

    # -- the eyes --------------------------------------------------------------------------------------

    def _watch(self) -> None:
        while not self._stop.is_set():
            try:
                self._latest = look(self._aws) or self._latest
            except Exception:  # noqa: BLE001 - the thread's edge: it looks again
                _LOG.exception("the shop cannot see the local AWS")
            self._stop.wait(self._look_every)

    # -- the loop --------------------------------------------------------------------------------------

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        await self._door.open()
        while not self._stop.is_set():
            now = asyncio.get_running_loop().time()
            if self._latest is not None and self._latest is not self._known:
                await self._take_over(self._latest, now)
            for region, one in self._places.items():
                await one.pass_time(now)
                self._aws.control.times.targets.say(self._group(region), one.balancer.verdicts())
            self._door.learn(now)
            self._note()
            await asyncio.sleep(TICK)
        self._door.close()
        self._close_places()

    async def _take_over(self, seen: Seen, now: float) -> None:
        if self._known is None or self._known.planted != seen.planted:
            self._close_places()
        self._known = seen
        for region, site in seen.sites.items():
            if region not in self._places:
                self._places[region] = Place(self.timing, self._chance)
            await self._places[region].look(site, now)
        self._door.look(seen.weights, seen.ttl, now)

    def _note(self) -> None:
        if self._known is None:
            return
        self.truth.note(FRONT, self._mixed({key: one.outcomes() for key, one in self._places.items()}))
        pictures = {key: one.picture_outcomes() for key, one in self._places.items()}
        self.truth.note(PICTURE, self._mixed(pictures))
        self._ready.set()

    def _mixed(self, of_regions: Mapping[str, Mapping[str, float]]) -> Mapping[str, float]:
        """What users meet of all regions, by where the name leads."""
        mixed = defaultdict[str, float](float)
        for region, share in self._door.shares().items():
            for kind, part in of_regions.get(region, {"503": 1.0}).items():
                mixed[kind] += share * part
        return mixed if mixed else {"503": 1.0}

    def _port_of(self, region: str) -> int:
        place = self._places.get(region)
        return place.balancer.port if place else 0

    def _group(self, region: str) -> str:
        return self._known.sites[region].group if self._known and region in self._known.sites else ""

    def _close_places(self) -> None:
        for region, one in self._places.items():
            self._aws.control.times.targets.say(self._group(region), {})
            one.close()
        self._places.clear()
