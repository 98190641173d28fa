"""Workers over a PostgreSQL: Procrastinate's, in any number of processes.

Each errand names an operation.  Its worker takes the operation, if it is due and nobody's, and does what a
thread over a file does.  What has to be true is in the operation's row, with its lease and its fence: an
errand that comes twice, or of which nobody hears any more, does no harm.
"""

import asyncio
import logging
import threading
from concurrent.futures import ThreadPoolExecutor

from procrastinate import App
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import DeleteJobCondition

from bot.courtesy import GiveWay
from bot.crew.connector import connector
from bot.crew.errands import look_after
from bot.crew.held import Held
from bot.crew.threads import KEPT
from bot.crew.work import work
from bot.flow.path import Path
from bot.store.errands import DEAD, HURRIED, TASK, USUAL

LOOK_EVERY = 1.0  # seconds: for errands of a later moment; what is due now is notified
SELDOM = 5.0  # seconds: those that are kept look so often, since the usual ones look, too
AGAIN_AFTER = 1.0  # seconds, when a worker ended
HEARTBEAT = 10.0  # seconds
log = logging.getLogger("toban.engine")


class Runners:
    """The workers of one process: some for all operations, and some that only hurried ones have."""

    def __init__(self, path: Path, give_way: GiveWay, held: Held, workers: int) -> None:
        """Ready to start."""
        logging.getLogger("procrastinate").setLevel(logging.WARNING)  # else two lines for each errand
        self._path, self._give_way, self._held, self._workers = path, give_way, held, workers
        self._stopping = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._running: asyncio.Task[None] | None = None
        self._threads = [
            threading.Thread(target=self._run, name="errands", daemon=True),
            threading.Thread(
                target=look_after, args=(path, held, self._stopping), name="leases", daemon=True
            ),
        ]

    def start(self) -> None:
        """Work until `stop`."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Begin nothing new, and wait for what is in hand."""
        self._loop.call_soon_threadsafe(self._leave_off)
        self._threads[0].join()
        self._stopping.set()  # until then leases are kept
        self._threads[1].join()

    def look(self, number: int) -> None:
        """Do one errand."""
        claim = self._held.take_one(number)
        if claim is None:
            return
        try:
            work(self._path, claim, self._give_way)
        finally:
            self._held.let_go(claim)

    # -- the loop's thread ---------------------------------------------------------------------------

    def _run(self) -> None:
        pool = ThreadPoolExecutor(self._workers + KEPT + 1, "worker")  # one looks up the server's name
        self._loop.set_default_executor(pool)
        self._running = self._loop.create_task(self._serve())
        try:
            self._loop.run_until_complete(self._running)
        except asyncio.CancelledError:
            pass
        finally:
            self._loop.run_until_complete(self._loop.shutdown_default_executor())
            self._loop.close()

    def _leave_off(self) -> None:
        if self._running is not None:
            self._running.cancel()

    async def _serve(self) -> None:
        async with asyncio.TaskGroup() as each:  # which waits for both, also when it is cancelled
            each.create_task(self._keep([USUAL, HURRIED], self._workers, LOOK_EVERY))
            each.create_task(self._keep([HURRIED], KEPT, SELDOM))

    async def _keep(self, queues: list[str], most: int, every: float) -> None:
        """A worker, and another one when it ended since the server was away."""
        while True:
            try:
                await self._worker(queues, most, every)
            except ConnectorException as error:
                log.warning("no errands: %s", error, extra={"action": "engine.no-errands"})
            except Exception:  # the edge of a thread: it must outlive whatever a worker ends with
                log.exception("no errands", extra={"action": "engine.no-errands"})
            await asyncio.sleep(AGAIN_AFTER)

    async def _worker(self, queues: list[str], most: int, every: float) -> None:
        async with self._app().open_async() as app:
            await app.run_worker_async(
                queues=queues,
                concurrency=most,
                fetch_job_polling_interval=every,
                delete_jobs=DeleteJobCondition.ALWAYS,
                install_signal_handlers=False,
                update_heartbeat_interval=HEARTBEAT,
                stalled_worker_timeout=DEAD,
            )

    def _app(self) -> App:
        app = App(connector=connector(self._path.db.url))
        app.task(name=TASK)(self.look)
        return app
