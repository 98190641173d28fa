"""toban asks targets ten times a second each; prints what that took.  Arguments: seconds; their ports."""

import json
import sys
import time
from datetime import timedelta

from bot.probe import Kind, Probe, Sample
from bot.probing.asker import Asker
from bot.probing.prober import Prober
from tests.bench import usage

EVERY = timedelta(milliseconds=100)
ENOUGH = 0.95  # of all questions, else what they cost is not known


def probes(ports: list[str]) -> list[Probe]:
    """One for each port, which looks for a word in the answer."""
    return [
        Probe(f"p{port}", Kind.HTTP, f"http://127.0.0.1:{port}/health", EVERY, contains="ok")
        for port in ports
    ]


def main() -> None:
    """Ask, and be asked for nothing else."""
    taken: list[Sample] = []
    prober = Prober(probes(sys.argv[2:]), taken.append, Asker())
    prober.start()
    time.sleep(1)  # the first of everything is slower
    taken.clear()
    with usage.measured() as spent:
        time.sleep(float(sys.argv[1]))
    prober.stop()
    told = [one for one in taken if one.tells]  # a busy machine leaves a question out here and there
    assert all(one.ok for one in told), {one.error for one in told}
    assert len(told) >= ENOUGH * len(taken), f"{len(taken) - len(told)} of {len(taken)} were left out"
    sys.stdout.write(json.dumps(spent | {"asked": len(taken)}) + "\n")


if __name__ == "__main__":
    main()
