"""What a container is to a process, without Docker: nobody in particular, a root that nobody can write.

Needs root and Linux: a mount namespace, the root bound read-only, a tmpfs on /tmp, one folder to write in.
"""

import os
import stat
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.docs import ROOT

UID = "10001"
_COVERED = Path("/tmp")
_OURS = (Path(sys.base_prefix), ROOT)
ENTER = """
set -e
root=$1 room=$2 folder=$3 within=$4 shown=$5; shift 5
mount --bind "$root" "$room"
mount -o remount,bind,ro "$room"
mount --bind "$folder" "$room$within"
mount -t tmpfs -o size=64m,noexec,nosuid,nodev none "$room/tmp"
for pair in $shown; do # what is ours, in /tmp or in a folder that only root may enter
  cover=${pair%%=*} path=${pair#*=}
  mountpoint -q "$room$cover" || mount -t tmpfs -o mode=755 none "$room$cover"
  mkdir -p "$room$path"
  mount --bind "$path" "$room$path"
  mount -o remount,bind,ro "$room$path"
done
for one in proc dev sys; do mount --rbind "/$one" "$room/$one"; done
exec chroot "$room" setpriv --reuid 10001 --regid 10001 --clear-groups --no-new-privs --bounding-set=-all "$@"
"""


def can_be_made() -> bool:
    """Whether this machine lets us."""
    if os.geteuid() != 0:
        return False
    tried = subprocess.run(
        ["unshare", "--mount", "--propagation", "private", "mount", "-t", "tmpfs", "none", "/mnt"],
        capture_output=True,
        check=False,
    )
    return tried.returncode == 0


def _hidden(path: Path) -> list[Path]:
    """The outermost folder above it that is covered, or not everybody may enter; none where all are open."""
    above = reversed(path.parents)
    return [one for one in above if one == _COVERED or not one.stat().st_mode & stat.S_IXOTH][:1]


def command(words: Sequence[str], folder: Path, within: str, room: Path, root: Path = Path("/")) -> list[str]:
    """To run these words inside; `folder` is the only place to write, and is `within` there.

    It becomes the process itself, with its number, so that a signal reaches it.
    """
    shown = " ".join(f"{cover}={path}" for path in _OURS if root == Path("/") for cover in _hidden(path))
    outside = [str(root), str(room), str(folder), within, shown]
    return ["unshare", "--mount", "--propagation", "private", "sh", "-c", ENTER, "room", *outside, *words]


def started(
    words: Sequence[str],
    folder: Path,
    within: str,
    variables: Mapping[str, str],
    log: Path,
    root: Path = Path("/"),
) -> "subprocess.Popen[bytes]":
    """The same, begun; `variables` are all that it is given."""
    room = folder.parent / "room"
    room.mkdir(exist_ok=True)
    folder.mkdir(exist_ok=True)
    os.chown(folder, int(UID), int(UID))
    with log.open("ab") as written:
        return subprocess.Popen(
            command(words, folder, within, room, root),
            env=dict(variables),
            stdout=written,
            stderr=written,
            cwd="/",
        )
