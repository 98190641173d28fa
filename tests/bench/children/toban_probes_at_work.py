"""toban asks targets while the same process stops every instance of a place; prints how late it asked.

Arguments: a folder for the database; the stub's address; the ports of the targets.
"""

import json
import sys
import time
from pathlib import Path

from bot.engine import Engine
from bot.operation import ENDS
from bot.probe import LATE, Sample
from bot.probing.asker import Asker
from bot.probing.prober import Prober
from bot.process import for_long
from tests.bench import at_home, environment
from tests.bench.children.toban_probes import EVERY, probes
from tests.bench.children.toban_stops import IN_A_CALL, LINE


def main() -> None:
    """Ask from before the plan to after the end: planned, agreed to, carried out."""
    environment.clean()
    taken: list[Sample] = []
    asked = probes(sys.argv[3:])
    with at_home.house(Path(sys.argv[1]), sys.argv[2], most=IN_A_CALL) as home:
        engine = Engine(home.path, home.bell)
        for_long()  # as `toban run` does
        prober = Prober(asked, taken.append, Asker())
        prober.start()
        time.sleep(1)  # so that each grid is seen
        engine.start()
        began = time.monotonic()
        number = at_home.ask(home, LINE)
        while at_home.state(home, number).value != "waiting":
            time.sleep(0.1)
        at_home.agree(home, number)
        while at_home.state(home, number) not in ENDS:
            time.sleep(0.1)
        worked = time.monotonic() - began
        prober.stop()
        engine.stop()
    late = [seconds for one in asked for seconds in lateness([s for s in taken if s.probe == one.name])]
    errors = sorted({one.error for one in taken if not one.ok})
    sys.stdout.write(json.dumps({"late": late, "worked": worked, "errors": errors}) + "\n")


def lateness(samples: list[Sample]) -> list[float]:
    """How many seconds after its moment each question was asked; one that was passed over, at least that.

    The grid is where the most punctual question puts it.
    """
    every = EVERY.total_seconds()
    slot, off = 0, []
    passed = []
    for one in sorted(samples, key=lambda each: each.at):
        if one.error == LATE:
            missed = max(1, round(one.took / every))
            passed += [every * (missed - number) for number in range(missed)]
            slot += missed
            continue
        off.append(one.at.timestamp() - slot * every)
        slot += 1
    return [*passed, *(each - min(off) for each in off)]


if __name__ == "__main__":
    main()
