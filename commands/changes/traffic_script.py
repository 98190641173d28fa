"""The scripts that spoil what an instance sends, and that end it: plain sh for root.  Pure.

Before anything is spoilt a timer runs on the instance itself, which needs neither toban nor Systems Manager
nor the network.  The fault stands in a queue of its own handle, so that nobody else's is ever taken away.
What the instance itself asks by HTTPS or DNS, and of its own host (169.254.0.0/16), is left alone, since by
that the way back comes.  Sources: "SSM Agent communications" (Systems Manager user guide), "tc-netem(8)",
"tc-u32(8)", "systemd-run(1)"; a timer of systemd may come a minute late unless AccuracySec says otherwise.

The script dies before its timer runs: nothing is spoilt.  After that: the timer takes away whatever there is.
"""

from dataclasses import dataclass
from datetime import timedelta

TOO_LATE, NO_TOOL, NOT_OURS, FAILED = 75, 69, 73, 70
"""What the scripts return when they refuse: after sysexits.h."""
HANDLE, FAULT = "70ba:", "70bb:"  # of the queue, and of the fault in it
PACKETS = 20_000  # that may wait; netem itself would drop what is beyond 1,000
_NO_NETEM = "this kernel has no netem (package kernel-modules-extra)"
_PATH = "PATH=$PATH:/usr/sbin:/sbin"
_NO = 'no() { echo "toban: $2" >&2; exit "$1"; }'


@dataclass(frozen=True, slots=True)
class Shape:
    """What becomes of what an instance sends."""

    delay_ms: int = 0
    jitter_ms: int = 0
    loss: int = 0  # percent
    port: int = 0  # only what comes from or goes to this port; 0: all but what the way back needs

    @property
    def netem(self) -> str:
        """The same in the words of tc-netem."""
        jitter = f" {self.jitter_ms}ms" if self.jitter_ms else ""
        delay = f" delay {self.delay_ms}ms{jitter}" if self.delay_ms else ""
        loss = f" loss {self.loss}%" if self.loss else ""
        return f"netem limit {PACKETS}{delay}{loss}"


def mark_of(operation: int) -> str:
    """A file on the instance, and its timer: the same for a fault and its way back."""
    return f"toban-traffic-{operation}"


def shaping(shape: Shape, lasts: timedelta, operation: int) -> list[str]:
    """The script that begins it: first the timer, then the queue, the exceptions, and last the fault."""
    mark = f"/run/{mark_of(operation)}"
    return [
        "set -u",
        _PATH,
        _NO,
        f'[ ! -e {mark}.over ] || no {TOO_LATE} "the way back was here before; nothing was changed"',
        f'tc=$(command -v tc) || no {NO_TOOL} "there is no tc (package iproute-tc or iproute2)"',
        *_device(),
        *_is_free(mark),
        f'touch {mark}.on || no {FAILED} "nothing can be noted in /run; nothing was changed"',
        f'undo="$tc qdisc del dev $dev root handle {HANDLE}"',
        *_timer(int(lasts.total_seconds()), operation),
        *_stop(operation),
        f'fail() {{ $undo; stop; no {FAILED} "$1; nothing is left of it"; }}',
        f'$tc qdisc add dev "$dev" root handle {HANDLE} prio bands 4 || fail "no queue can be put on $dev"',
        *(f'$tc filter add dev "$dev" parent {HANDLE} {one} || fail "no filter"' for one in _filters(shape)),
        f'$tc qdisc add dev "$dev" parent {HANDLE}4 handle {FAULT} {shape.netem} || fail "{_NO_NETEM}"',
        f'[ ! -e {mark}.over ] || fail "the way back was here meanwhile"',
        f'echo "toban: $dev was ${{was:-without a queue}}; now: {shape.netem}, {_whom(shape)}"',
        '$tc qdisc show dev "$dev"',
    ]


def _device() -> list[str]:
    """The interface of the default route."""
    found = "sed -n 's/.* dev \\([^ ]*\\).*/\\1/p' | head -n 1"
    return [
        f"dev=$(ip -o route show default | {found})",
        f'[ -n "$dev" ] || dev=$(ip -o -6 route show default | {found})',
        f'[ -n "$dev" ] || no {NO_TOOL} "there is no default route; nothing was changed"',
    ]


def _is_free(mark: str) -> list[str]:
    """Only the kernel's own queue, which has no handle, is on it; the second time nothing is done."""
    theirs = f'no {NOT_OURS} "another queue is on $dev: $was; nothing was changed"'
    return [
        'was=$($tc qdisc show dev "$dev" | grep " root " | head -n 1)',
        'case "$(echo "$was" | cut -d " " -f 2,3)" in',
        f'"prio {HANDLE}") [ ! -e {mark}.on ] || {{ echo "toban: $dev has it"; exit 0; }}; {theirs} ;;',
        '""|*" 0:") ;;',
        f"*) {theirs} ;;",
        "esac",
    ]


def _timer(seconds: int, operation: int) -> list[str]:
    unit, mark = mark_of(operation), f"/run/{mark_of(operation)}"
    run = f"systemd-run --quiet --unit={unit} --on-active={seconds} --timer-property=AccuracySec=100ms"
    return [
        f'if {run} /bin/sh -c "$undo" && systemctl is-active --quiet {unit}.timer; then',
        f'echo "toban: {unit}.timer ends it in {seconds} s, whatever happens"',
        "else",
        f"rm -f {mark}.pid",
        f'setsid sh -c "echo \\$\\$ > {mark}.pid; sleep {seconds}; $undo" </dev/null >/dev/null 2>&1 &',
        f"for _ in 1 2 3 4 5; do [ ! -s {mark}.pid ] || break; sleep 1; done",  # until it runs
        f'[ -s {mark}.pid ] || no {FAILED} "no timer can be had; nothing was changed"',
        f'echo "toban: process $(cat {mark}.pid) ends it in {seconds} s, whatever happens"',
        "fi",
    ]


def _stop(operation: int) -> list[str]:
    """Its timer is not needed any more."""
    unit, mark = mark_of(operation), f"/run/{mark_of(operation)}"
    return [
        "stop() {",
        f"systemctl stop {unit}.timer 2>/dev/null",
        f'[ ! -e {mark}.pid ] || kill -- "-$(cat {mark}.pid)" 2>/dev/null',
        f"rm -f {mark}.on {mark}.pid",
        "}",
    ]


def _filters(shape: Shape) -> list[str]:
    """What goes where: the band of the fault is the fourth.  TCP is 6, UDP is 17."""
    spoilt, spared = f"flowid {HANDLE}4", f"flowid {HANDLE}1"
    both = (("ip", "ip", 1), ("ipv6", "ip6", 2))
    if shape.port:
        return [
            f"protocol {family} prio {prio} u32 match {match} {side} {shape.port} 0xffff {spoilt}"
            for family, match, prio in both
            for side in ("sport", "dport")
        ]
    return [
        f"protocol ip prio 1 u32 match ip dst 169.254.0.0/16 {spared}",
        *(
            f"protocol {family} prio {prio} u32 match {match} protocol {number} 0xff"
            f" match {match} dport {port} 0xffff {spared}"
            for family, match, prio in both
            for number, port in ((6, 443), (6, 53), (17, 53))
        ),
        *(f"protocol {family} prio {prio + 2} u32 match u32 0 0 {spoilt}" for family, _, prio in both),
    ]


def _whom(shape: Shape) -> str:
    return f"port {shape.port} only" if shape.port else "but for what it asks by HTTPS and DNS"


def ending(operation: int) -> list[str]:
    """The script that ends it, wherever it stands; it may be run before it, and twice."""
    mark = f"/run/{mark_of(operation)}"
    return [
        "set -u",
        _PATH,
        _NO,
        f"touch {mark}.over",  # what comes later finds that it is too late
        f'[ -e {mark}.on ] || {{ echo "toban: nothing of #{operation} is here"; exit 0; }}',
        f"ours() {{ tc qdisc show | sed -n 's/^qdisc prio {HANDLE} dev \\([^ ]*\\) root.*/\\1/p'; }}",
        "for dev in $(ours); do",
        f'tc qdisc del dev "$dev" root handle {HANDLE} && echo "toban: $dev is free again"',
        "done",
        f'left=$(ours); [ -z "$left" ] || no {FAILED} "it is still on $left"',
        *_stop(operation),
        "stop",
        'echo "toban: what is there now:"',
        "tc qdisc show",
    ]
