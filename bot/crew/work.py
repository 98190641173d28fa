"""What a worker does with an operation, whoever handed it out."""

import logging

from bot import logs
from bot.courtesy import GiveWay
from bot.crew import newer
from bot.flow import carry_out, plan, revise, start, stumble
from bot.flow.path import Path
from bot.operation import Fenced, IllegalMove, State
from bot.store import operations
from bot.store.operations import Claim

TAKES_KNOWING = (State.ASKED, State.QUEUED, State.RUNNING)
log = logging.getLogger("toban.engine")


def work(path: Path, claim: Claim, give_way: GiveWay) -> None:
    """Take one operation as far as it goes now, when nobody waits for an acknowledgement any more.

    Whatever goes wrong is said on the operation.
    """
    give_way()
    with logs.about(operation=claim.number):
        _work(path, claim)


def _work(path: Path, claim: Claim) -> None:
    try:
        if claim.state in TAKES_KNOWING and newer.left(path, claim):
            return
        match claim.state:
            case State.ASKED:
                plan.plan(path, claim)
            case State.WAITING:
                start.expire(path, claim)
            case State.ANSWERED:
                revise.revise(path, claim)
            case State.QUEUED | State.RUNNING:
                carry_out.carry_out(path, claim)
            case _:
                path.db.write(lambda tx: operations.release(tx, claim, None))
    except Fenced as moved:
        log.info("somebody else moved it: %s", moved, extra={"action": "engine.moved"})
    except IllegalMove as moved:
        log.info("it was moved meanwhile: %s", moved, extra={"action": "engine.moved"})
        stumble.stumbled(path, claim, moved)
    except Exception as error:  # the edge of a worker: a mistake of ours must not stop the others
        log.exception("operation %s stumbled", claim.number, extra={"action": "engine.stumbled"})
        stumble.stumbled(path, claim, error)
