"""The stub as its own process: prints its address as one JSON line, serves until it is ended."""

import argparse
import json
import sys

from playground.aws.stub.app import App
from playground.aws.stub.server import listen, server
from playground.aws.stub.size import Size
from playground.aws.stub.state import State


def main(arguments: list[str] | None = None) -> None:
    """Read the options, say where it listens, serve."""
    given = _parser().parse_args(arguments)
    size = Size(given.instances, given.volumes, given.snapshots, given.loose, given.generations, given.images)
    listening = listen(given.port)
    sys.stdout.write(json.dumps({"url": f"http://127.0.0.1:{listening.getsockname()[1]}"}) + "\n")
    sys.stdout.flush()
    server(App(State(size, given.buckets, given.completes_after), given.latency_ms / 1000)).run([listening])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m playground.aws.stub", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 finds a free one")
    parser.add_argument("--instances", type=int, default=100, help="in each account and region")
    parser.add_argument("--volumes", type=int, default=1, help="an instance")
    parser.add_argument("--snapshots", type=int, default=0, help="a volume, of somebody else")
    parser.add_argument("--loose", type=int, default=0, help="volumes without an instance")
    parser.add_argument("--generations", type=int, default=0, help="a volume, of toban")
    parser.add_argument("--images", type=int, default=0, help="in each account and region")
    parser.add_argument("--completes-after", type=float, default=0.0, help="seconds a snapshot takes")
    parser.add_argument("--latency-ms", type=float, default=0.0, help="each call takes so long")
    parser.add_argument("--buckets", action="store_true", help="answer RequestLimitExceeded as EC2 would")
    return parser


if __name__ == "__main__":
    main()
