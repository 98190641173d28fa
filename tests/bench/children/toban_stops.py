"""toban stops every instance of one place; prints what its own work cost, once it was approved and begun.

Arguments: a folder for the database, the stub's address.
"""

import json
import sys
import time
from datetime import timedelta
from pathlib import Path

from bot.engine import Engine
from bot.flow import start
from bot.house import House, now
from bot.operation import ENDS, State
from bot.store import operations, steps
from tests.bench import at_home, environment

LINE = "/ec2 stop all --account dev --region ap-northeast-1"
IN_A_CALL = 20


def main() -> None:
    """Plan, approve, begin; then measure until the operation has ended."""
    environment.clean()
    with at_home.house(Path(sys.argv[1]), sys.argv[2], most=IN_A_CALL) as home:
        number = at_home.ask(home, LINE)
        engine = Engine(home.path, home.bell)
        engine.run_until_idle()
        _approve(home, number)
        cpu, wall = time.process_time(), time.monotonic()
        engine.start()
        while at_home.state(home, number) not in ENDS:
            time.sleep(0.1)
        spent = {"cpu": time.process_time() - cpu, "wall": time.monotonic() - wall}
        engine.stop()
        counts = home.db.read(lambda tx: steps.counts(tx, number))
    sys.stdout.write(json.dumps(spent | {"steps": counts}) + "\n")


def _approve(home: House, number: int) -> None:
    """Somebody else agrees, and the operation is begun: from here on it is only carried out."""
    at_home.agree(home, number)
    (claim,) = home.db.write(lambda tx: operations.claim(tx, now(), "bench", timedelta(0), 1))
    begun = start.start(home.path, claim)
    assert begun is not None
    assert at_home.state(home, number) is State.RUNNING


if __name__ == "__main__":
    main()
