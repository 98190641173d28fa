"""The local AWS as its own process: prints its address as one JSON line, serves until it is ended."""

import argparse
import json
import sys
import threading

from playground.aws.estate import plant
from playground.aws.server import LocalAws


def main(arguments: list[str] | None = None) -> None:
    """Read the options, plant the estate if asked to, say where it listens, serve."""
    given = _parser().parse_args(arguments)
    with LocalAws(given.port) as aws:
        if given.estate:
            plant(aws)
        sys.stdout.write(json.dumps({"url": aws.url}) + "\n")
        sys.stdout.flush()
        threading.Event().wait()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m playground.aws", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 finds a free one")
    parser.add_argument("--estate", action="store_true", help="begin with the made-up company's servers")
    return parser


if __name__ == "__main__":
    main()
