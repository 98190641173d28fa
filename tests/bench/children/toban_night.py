"""toban carries one line through, from the ask to its end; prints what that cost.

Arguments: a folder for the database, the stub's address, the line, and `paced` to go by EC2's buckets.
"""

import json
import sys
import time
from pathlib import Path

from aws.account import Place
from aws.pace import Pace
from bot.engine import Engine
from bot.house import House
from bot.operation import ENDS, State
from bot.process import for_long
from bot.store import steps
from tests.bench import at_home, environment, usage

PLACE = Place("dev", environment.REGIONS[0])


def main() -> None:
    """Measure; the client exists before, as it does in a bot that has run for a day."""
    environment.clean()
    folder, url, line, *paced = sys.argv[1:]
    with at_home.house(Path(folder), url, pace=Pace() if paced else None) as home:
        home.aws.ec2(PLACE)
        home.aws.ec2_once(PLACE)
        for_long()  # as `toban run` does
        engine = Engine(home.path, home.bell)
        engine.start()
        with usage.measured() as spent:
            number = at_home.ask(home, line)
            ended = _until_the_end(home, number)
        engine.stop()
        counts = home.db.read(lambda tx: steps.counts(tx, number))
    sys.stdout.write(json.dumps(spent | {"state": ended, "steps": counts}) + "\n")


def _until_the_end(home: House, number: int) -> State:
    """Somebody agrees as soon as the plan waits for it."""
    while (state := at_home.state(home, number)) not in ENDS:
        if state is State.WAITING:
            at_home.agree(home, number)
        time.sleep(0.1)
    return state


if __name__ == "__main__":
    main()
