"""A box whose `tc`, `ip` and `systemd-run` are fakes: a real sh runs the scripts for instances there."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

DEFAULT = "qdisc mq 0: dev eth0 root \nqdisc fq_codel 0: dev eth0 parent :1 limit 10240p\n"
COUNTED = """#!/bin/sh
cd "$BOX"
echo "$(basename "$0") $*" >> log
[ "$(wc -l < log)" != "$(cat die-at)" ] || { kill -9 "$(cat shell)"; exit 1; }
while read -r call; do case "$(basename "$0") $*" in *"$call"*) exit 2 ;; esac; done < broken
"""
FAKES = {
    "ip": 'case "$*" in *-6*) ;; *) cat route ;; esac',
    "systemd-run": 'for last; do :; done; echo "$last" > timer',
    "systemctl": 'case "$1" in is-active) [ -e timer ] ;; stop) rm -f timer ;; esac',
    "setsid": 'echo "$3" > sleeper; exec /usr/bin/setsid "$@"',
    "tc": """
case "$1 $2 $3" in
"qdisc show dev") sed "s/ dev $4//" qdiscs ;;
"qdisc show "*) cat qdiscs ;;
"qdisc add dev")
    case "$5" in
    root) grep -q " 0: dev $4 root" qdiscs || exit 2
       echo "qdisc $8 $7 dev $4 root refcnt 2 bands 4" > qdiscs ;;
    *) grep -q "^qdisc prio ${6%4} " qdiscs || exit 2
       dev=$4 handle=$8; shift 9; echo "qdisc netem $handle dev $dev parent 70ba:4 $*" >> qdiscs ;;
    esac ;;
"qdisc del dev") grep -q "^qdisc prio $7 dev $4 root" qdiscs || exit 2; cat default > qdiscs ;;
"filter add dev") grep -q "^qdisc prio $6 dev $4" qdiscs || exit 2 ;;
esac
""",
}


@dataclass(frozen=True)
class Box:
    """Its files: what was called, which queues there are, what the timer will run."""

    at: Path

    @classmethod
    def made(cls, at: Path) -> "Box":
        tools = at / "bin"
        tools.mkdir(parents=True)
        for name, does in FAKES.items():
            (tools / name).write_text(COUNTED + does)
            (tools / name).chmod(0o755)
        for name, text in {
            "qdiscs": DEFAULT,
            "default": DEFAULT,
            "log": "",
            "die-at": "0",
            "broken": "nothing",
        }.items():
            (at / name).write_text(text)
        (at / "route").write_text("default via 10.0.1.1 dev eth0 proto dhcp src 10.0.1.23 metric 512 \n")
        return cls(at)

    def run(self, script: Sequence[str], *, die_at: int = 0) -> "subprocess.CompletedProcess[str]":
        """Run it as Systems Manager does, the box's folder for /run; killed at the n-th call of a tool."""
        (self.at / "log").write_text("")
        (self.at / "die-at").write_text(str(die_at))
        text = "\n".join([f"echo $$ > {self.at}/shell", *script]).replace("/run/", f"{self.at}/")
        path = f"{self.at}/bin:/usr/bin:/bin"
        return subprocess.run(
            ["sh", "-c", text.replace("PATH=$PATH:/usr/sbin:/sbin", ":")],
            env={"PATH": path, "BOX": str(self.at)},
            capture_output=True,
            text=True,
            check=False,
            timeout=20,
        )

    def ring(self) -> None:
        """The timer's time has come."""
        for name in ("timer", "sleeper"):
            if (self.at / name).exists():
                self.run([self.text(name).rpartition("; ")[2]])

    def text(self, name: str) -> str:
        return (self.at / name).read_text()

    def breaks(self, *calls: str) -> None:
        """Calls of tools that contain one of these fail."""
        (self.at / "broken").write_text("".join(f"{one}\n" for one in calls))

    @property
    def calls(self) -> list[str]:
        return self.text("log").splitlines()
