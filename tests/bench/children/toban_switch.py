"""toban stops and starts the instances of a tag; prints what each line cost, from the ask to its end.

Arguments: a folder for the database, the stub's address, the lines.
"""

import json
import sys
import time
from pathlib import Path

from aws.account import Place
from bot.engine import Engine
from bot.house import House
from bot.operation import ENDS, State
from bot.process import for_long
from bot.store import steps
from tests.bench import at_home, environment, usage

PLACE = Place("dev", environment.REGIONS[0])


def main() -> None:
    """Measure; the clients and the verbs are there before, as they are in a bot that has run for a day."""
    environment.clean()
    folder, url, *lines = sys.argv[1:]
    with at_home.house(Path(folder), url) as home:
        home.aws.ec2(PLACE)
        home.aws.ssm(PLACE)
        for line in lines:
            home.path.grammar.parse(line)  # loads its verb
        for_long()  # as `toban run` does
        engine = Engine(home.path, home.bell)
        engine.start()
        told = [_told(home, line) for line in lines]
        engine.stop()
    sys.stdout.write(json.dumps(told) + "\n")


def _told(home: House, line: str) -> dict[str, object]:
    with usage.measured() as spent:
        number = at_home.ask(home, line)
        while (state := at_home.state(home, number)) not in ENDS:
            if state is State.WAITING:
                at_home.agree(home, number)
            time.sleep(0.1)
    return {**spent, "steps": home.db.read(lambda tx: steps.counts(tx, number))}


if __name__ == "__main__":
    main()
