"""All drills that are under way, in two threads: one that may never wait for AWS, and one that asks it."""

import logging
import threading
import time
from collections.abc import Callable

from bot import logs
from bot.bell import Topic
from bot.flow.path import Path
from bot.flow.receive import receive
from bot.operation import Asker, Door
from bot.store import drills, operations, outbox
from jobs.drills import happenings
from jobs.drills.room import Probing, Room

log = logging.getLogger("toban.drills")
LOOK_EVERY = 0.5  # seconds: how late somebody ends a drill that must end
ASK_EVERY = 3.0  # seconds between two looks at what AWS says of it
SLOW = 30.0  # seconds without a look: nobody can count on the next one
PATIENCE = 3.0  # seconds for what is in hand, when all is to end


class Drills:
    """Watches until it is stopped; a drill goes on as rows, and the next process watches it."""

    def __init__(self, path: Path, probing: Probing) -> None:
        """Ready to start; asks nobody anything yet."""
        self._path, self._probing = path, probing
        self._rooms: dict[int, Room] = {}
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._looked = float("-inf")  # never yet

    def is_watching(self) -> bool:
        """Whether every drill was looked at just now."""
        return time.monotonic() - self._looked < SLOW

    def start(self) -> None:
        """Take up what is under way, and go on from there."""
        for every, do, name in ((LOOK_EVERY, self.look, "drills"), (ASK_EVERY, self.ask, "drills-aws")):
            thread = threading.Thread(target=self._serve, args=(every, do), name=name, daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """Ask nothing more; what came is kept."""
        self._stop.set()
        for thread in self._threads:
            thread.join(PATIENCE)
        for room in self._rooms.values():
            room.close()

    def look(self) -> None:
        """One turn of every drill; one that fails keeps no other from its end."""
        if not self._path.on_duty():
            self._leave()
            return
        for drill in self._path.db.read(lambda tx: drills.find(tx, open_only=True)):
            if drill.number not in self._rooms:
                self._rooms[drill.number] = Room.of(self._path, drill, self._probing)
        for number, room in list(self._rooms.items()):
            with logs.about(operation=number):
                self._turn(number, room)
        self._looked = time.monotonic()

    def _leave(self) -> None:
        """Another process watches them."""
        for room in self._rooms.values():
            room.close()
        self._rooms.clear()
        self._looked = time.monotonic()

    def ask(self) -> None:
        """What AWS says of them, on their axes."""
        for number, room in list(self._rooms.items()):
            drill = self._path.db.read(lambda tx, of=number: drills.get(tx, of))  # type: ignore[misc]
            if drill is not None:
                with logs.about(operation=number):
                    room.hear(*happenings.look(self._path, drill))

    def _turn(self, number: int, room: Room) -> None:
        try:
            if not room.turn():
                self._end(number, room)
        except Exception:  # the edge of one drill's turn: the others must be watched
            log.exception("drill %s: a turn failed", number, extra={"action": "drills.turn-failed"})

    def _end(self, number: int, room: Room) -> None:
        """It is over: nobody is asked any more, and the report is asked for as anybody would."""
        room.close()
        del self._rooms[number]
        operation = self._path.db.read(lambda tx: operations.get(tx, number))
        if operation is None:
            return
        asker, at = operation.ask.asker, self._path.now()
        letter = self._path.db.read(lambda tx: outbox.with_key(tx, f"{outbox.Mail.DRILL}:{number}"))
        thread = (letter.ts if letter and letter.ts else "") or asker.thread
        told = Asker(asker.person, asker.team, asker.channel, thread, language=asker.language)
        receive(self._path, f"drill/{number}/report", Door.EVENT, told, f"failover report {number}")
        self._path.db.write(lambda tx: outbox.touch_key(tx, f"{outbox.Mail.DRILL}:{number}", at))
        self._path.ring(Topic.MAIL)

    def _serve(self, every: float, do: Callable[[], None]) -> None:
        while not self._stop.wait(every):
            try:
                do()
            except Exception:  # the edge of a thread: the next look tries again
                if not self._stop.is_set():  # else the database is closed
                    log.exception("a look failed", extra={"action": "drills.look-failed"})
