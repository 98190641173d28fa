"""What a few commands would print on an instance of the playground: nothing is run here."""

import re
from collections.abc import Callable, Mapping, Sequence

_DF = """Filesystem      Size  Used Avail Use% Mounted on
/dev/nvme0n1p1   30G   19G   12G  62% /
/dev/nvme1n1    200G  168G   33G  84% /data
tmpfs           3.9G     0  3.9G   0% /dev/shm"""
_FREE = """               total        used        free      shared  buff/cache   available
Mem:            7836        3127         512          12        4196        4417
Swap:              0           0           0"""
_UPTIME = " 12:00:01 up 41 days,  3:12,  0 users,  load average: 0.42, 0.37, 0.31"
_VMSTAT = """procs -----------memory---------- ---swap-- -----io---- -system-- ------cpu-----
 r  b   swpd   free   buff  cache   si   so    bi    bo   in   cs us sy id wa st
 1  0      0 524288  81920 4214784    0    0     3    21  310  540  6  2 91  1  0"""
_SAR = """Average:        CPU     %user     %nice   %system   %iowait    %steal     %idle
Average:        all      6.21      0.00      1.87      0.64      0.02     91.26"""

_PRINTED: Mapping[str, str] = {"df": _DF, "free": _FREE, "uptime": _UPTIME, "vmstat": _VMSTAT, "sar": _SAR}
_OTHERS: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"(?:hostname|uname -n)$", lambda _: "ip-10-0-1-23.ap-northeast-1.compute.internal"),
    (
        r"systemctl (?:status|is-active) (\S+)",
        lambda found: f"● {found[1]}.service\n   Active: active (running)",
    ),
    (r"echo ([^;|&]*)", lambda found: found[1].strip("\"' ")),
)


def printed(commands: Sequence[str]) -> str:
    """Return what these commands would print, as far as somebody has written it down."""
    return "\n".join(text for each in commands if (text := _one(each.strip())))


def _one(command: str) -> str:
    first = command.partition(" ")[0]
    if first in _PRINTED:
        return _PRINTED[first]
    found = ((re.match(pattern, command), say) for pattern, say in _OTHERS)
    return next((say(match) for match, say in found if match), "")
