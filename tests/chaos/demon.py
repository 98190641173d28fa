"""Whoever breaks things, with a seed: processes, the database, Slack and AWS, all at once."""

import threading
from collections import Counter
from collections.abc import Callable
from random import Random

from playground.aws.faults import Fault, Kind
from playground.aws.server import LocalAws
from playground.slack.server import LocalSlack
from tests.chaos.replicas import Replica, Replicas
from tests.postgres import Server

CUT = (
    "select pg_terminate_backend(pid) from pg_stat_activity"
    " where pid <> pg_backend_pid() and datname is not null"
)
METHODS = ("chat.postMessage", "chat.update", "*")
ACTIONS = ("*", "S*Instances", "Create*", "Delete*", "Describe*", "RebootInstances", "SendCommand")


class Demon:
    """At work between `start` and `stop`; how often it did what is in `counts`."""

    def __init__(
        self,
        slack: LocalSlack,
        aws: LocalAws,
        replicas: Replicas,
        server: Server | None,
        seed: int,
        pause: float,
        every: float,
    ) -> None:
        """Without a server the database is left alone; `every` so many seconds it does something."""
        self._slack, self._aws, self._replicas, self._server = slack, aws, replicas, server
        self._dice, self._pause, self._every = Random(seed), pause, every
        self.counts: Counter[str] = Counter()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)

    def start(self) -> None:
        """Begin; some things go wrong all the time."""
        self._slack.faults.share(0.05, kinds=("429", "500", "cut"), seed=1)
        self._aws.control.order(Fault(Kind.LATENCY, share=0.05, seconds=0.3))
        self._aws.control.order(Fault(Kind.THROTTLE, service="ec2", share=0.02))
        self._thread.start()

    def stop(self) -> None:
        """Leave it: everything goes well again."""
        self._over.set()
        self._thread.join()
        self._replicas.wake_all()
        self._slack.faults.clear()
        self._aws.control.clear()

    def _work(self) -> None:
        deeds = self._deeds()
        names, weights = list(deeds), [weight for weight, _ in deeds.values()]
        while not self._over.wait(self._dice.uniform(0.5, 1.5) * self._every):
            (name,) = self._dice.choices(names, weights)
            deeds[name][1]()
            self.counts[name] += 1

    def _deeds(self) -> dict[str, tuple[int, Callable[[], object]]]:
        deeds: dict[str, tuple[int, Callable[[], object]]] = {
            "process killed": (4, lambda: self._replicas.kill(self._anyone())),
            "process ended": (2, lambda: self._replicas.terminate(self._anyone())),
            "process paused": (3, lambda: self._replicas.pause(self._anyone(), self._pause)),
            "Slack busy": (2, lambda: self._slack.faults.answer(self._method(), status=429, times=4)),
            "Slack broken": (2, lambda: self._slack.faults.answer(self._method(), status=500, times=4)),
            "Slack cut": (3, lambda: self._slack.faults.cut(self._method(), times=3)),
            "Slack silent": (1, lambda: self._slack.faults.hang(self._method(), times=1)),
            "sockets broken off": (1, self._slack.socket.drop),
            "sockets renewed": (1, self._slack.socket.refresh),
            "AWS throttles": (2, lambda: self._wrong(Kind.THROTTLE, 8)),
            "AWS denies": (1, lambda: self._wrong(Kind.DENY, 2)),
            "AWS cut before": (3, lambda: self._wrong(Kind.CUT_BEFORE, 4)),
            "AWS cut after": (4, lambda: self._wrong(Kind.CUT_AFTER, 4)),
            "AWS slow": (2, lambda: self._wrong(Kind.LATENCY, 4)),
        }
        if self._server is not None:
            deeds |= {
                "connections cut": (3, lambda: self._sql(CUT)),
                "database killed": (1, lambda: self._restart("immediate")),
                "database restarted": (1, lambda: self._restart("fast")),
            }
        return deeds

    def _anyone(self) -> Replica:
        return self._dice.choice(self._replicas.all)

    def _method(self) -> str:
        return self._dice.choice(METHODS)

    def _wrong(self, kind: Kind, times: int) -> None:
        action = self._dice.choice(ACTIONS)
        seconds = self._dice.uniform(0.5, 3.0)
        self._aws.control.order(Fault(kind, action=action, times=times, seconds=seconds))

    def _sql(self, statement: str) -> None:
        assert self._server is not None
        self._server.run(statement)

    def _restart(self, how: str) -> None:
        assert self._server is not None
        self._server.stop(how)
        self._over.wait(self._dice.uniform(0.0, 2.0))
        self._server.start()
