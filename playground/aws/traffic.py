"""What commands have done to what instances send: read of the scripts, since nothing is run here.

Only what `tc`'s netem is told counts, the timer that goes with it, and what takes it away again.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

_UNIT = re.compile(r"/run/(toban-traffic-\d+)\.o(?:n|ver)")
_NETEM = re.compile(r"netem limit \d+(?: delay (\d+)ms(?: (\d+)ms)?)?(?: loss (\d+)%)?")
_TIMER = re.compile(r"--on-active=(\d+)")
_PORT = re.compile(r"match ip6? sport (\d+) ")


@dataclass(frozen=True, slots=True)
class Spoilt:
    """What becomes of what an instance sends."""

    delay_ms: int
    jitter_ms: int
    loss: float  # from 0 to 1
    port: int  # only what comes from or goes to it; 0: all
    until: float  # on the clock: then the timer on the instance ends it
    unit: str  # the name of that timer


def read(commands: Sequence[str]) -> tuple[str, Spoilt | None] | None:
    """The timer's name and what a script spoils, `until` in seconds from its end; None there: it frees it.

    None: it has nothing to do with traffic.
    """
    script = "\n".join(commands)
    unit, netem, timer = _UNIT.search(script), _NETEM.search(script), _TIMER.search(script)
    if unit is None:
        return None
    if netem is None or timer is None:
        return unit[1], None
    delay, jitter, loss = (int(value or 0) for value in netem.groups())
    port = _PORT.search(script)
    found = Spoilt(delay, jitter, loss / 100, int(port[1]) if port else 0, float(timer[1]), unit[1])
    return unit[1], found


def spoilt(done: Iterable[tuple[float, Sequence[str]]], now: float) -> Spoilt | None:
    """What is spoilt at this moment by these scripts, each with the moment at which it ended well."""
    current: Spoilt | None = None
    over: set[str] = set()
    for at, commands in sorted(done, key=lambda one: one[0]):
        understood = read(commands)
        if understood is None:
            continue
        unit, begun = understood
        if begun is None:
            over.add(unit)
            current = None if current is not None and current.unit == unit else current
        elif unit not in over and (current is None or current.until <= at):
            current = replace(begun, until=at + begun.until)
    return current if current is not None and now < current.until else None


def refused(commands: Sequence[str], current: Spoilt | None) -> str:
    """Why a script would change nothing, with what is spoilt already; "" when it would."""
    understood = read(commands)
    if understood is None or understood[1] is None or current is None or current.unit == understood[0]:
        return ""
    return "toban: another queue is on eth0: qdisc prio 70ba: root; nothing was changed"


def printed(commands: Sequence[str]) -> str:
    """What such a script prints where it goes well; "" for any other."""
    understood = read(commands)
    if understood is None:
        return ""
    unit, begun = understood
    if begun is None:
        return "toban: what is there now:\nqdisc mq 0: dev eth0 root"
    timer = f"toban: {unit}.timer ends it in {begun.until:.0f} s, whatever happens"
    return f"{timer}\nqdisc netem 70bb: dev eth0 parent 70ba:4"
