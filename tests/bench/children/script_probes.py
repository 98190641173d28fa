"""A plain script that asks as often: http.client, one question after the other; prints what that took.

Arguments: seconds; the ports.
"""

import http.client
import json
import sys
import time

from tests.bench import usage

A_SECOND = 10  # of each port


def ask(port: int) -> None:
    """One GET with a connection of its own."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    line.request("GET", "/health")
    assert b"ok" in line.getresponse().read()
    line.close()


def asked(ports: list[int], seconds: float) -> int:
    """Ask in turn, each question at its moment."""
    count = round(seconds * A_SECOND * len(ports))
    begin = time.monotonic()
    for number in range(count):
        time.sleep(max(0.0, begin + number / A_SECOND / len(ports) - time.monotonic()))
        ask(ports[number % len(ports)])
    return count


def main() -> None:
    """Ask, and measure all but the first second."""
    ports = list(map(int, sys.argv[2:]))
    asked(ports, 1)
    with usage.measured() as spent:
        count = asked(ports, float(sys.argv[1]))
    sys.stdout.write(json.dumps(spent | {"asked": count}) + "\n")


if __name__ == "__main__":
    main()
