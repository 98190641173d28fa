"""The Dockerfile's steps, run without Docker: each stage is this machine's own root with a layer over it.

What this does not show: the base image.  This machine's Debian and Python stand in for it, so `python` may be
another version than the image's; requirements.image.lock has wheels for both.  Needs root, overlay mounts and
a package index; takes a minute.
"""

import os
import shlex
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from subprocess import Popen

from tests.deployment.dockerfile import Instruction, Stage, stages
from tests.deployment.room import ENTER, UID
from tests.docs import ROOT

_BEGIN = """
set -e
folder=$1
mount -t tmpfs -o mode=755 none "$folder"
cd "$folder"
"""
_STAGE = """
mkdir -p {name}/upper {name}/work {name}/root
mount -t overlay overlay -o lowerdir=/,upperdir={name}/upper,workdir={name}/work {name}/root
python={name}/root/usr/local/bin/python
rm -f $python
printf '#!/bin/sh\nexec {python} "$@"\n' >$python && chmod 755 $python
for one in proc dev; do mount --rbind /$one {name}/root/$one; done
mount -t tmpfs -o mode=1777 none {name}/root/tmp
chmod 755 {name}/root/root # where a Python may lie, here
"""


def script(then: str) -> str:
    """Builds both stages in the folder $1; `then` runs with the last one's root as $root."""
    lines = [_BEGIN]
    for number, stage in enumerate(stages()):
        name = stage.name or "final"
        lines += [_STAGE.format(name=name, python=f"{sys.base_prefix}/bin/python3"), *_steps(stage, name)]
        lines.append(f"root=$folder/{name}/root # stage {number}")
    return "\n".join([*lines, then])


def _steps(stage: Stage, name: str) -> Iterator[str]:
    variables, where = {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"}, "/"
    for one in stage.says:
        match one.word:
            case "ENV":
                variables |= dict(pair.split("=", 1) for pair in one.rest.split())
            case "WORKDIR":
                where = one.rest
                yield f"mkdir -p {name}/root{where}"
            case "COPY":
                yield from _copy(one, name, where)
            case "RUN":
                told = " ".join(f"{key}={shlex.quote(value)}" for key, value in variables.items())
                inside = shlex.quote(f"cd {where} && {one.rest}")
                yield f"chroot {name}/root env -i {told} /bin/sh -ec {inside}"


def _copy(one: Instruction, name: str, where: str) -> Iterator[str]:
    *sources, target = [word for word in one.rest.split() if not word.startswith("--")]
    stage = next(
        (word.removeprefix("--from=") for word in one.rest.split() if word.startswith("--from=")), ""
    )
    to = f"{name}/root{target if target.startswith('/') else f'{where}/{target}'}"
    for source in sources:
        path = f"{stage}/root{source}" if stage else str(ROOT / source)
        if stage or Path(path).is_dir():
            yield (
                f"mkdir -p {to} && tar -C {path} --exclude=__pycache__/* -c . | tar -C {to} -x"
                if not stage
                else (f"mkdir -p {to} && cp -a {path}/. {to}/")
            )
        else:
            yield f"cp -p {path} {to}/"


def started(folder: Path, config: Path, state: Path, variables: Mapping[str, str], log: Path) -> Popen[bytes]:
    """Build in a mount namespace of its own, then run the container as ECS does; nothing is left afterwards.

    `variables` are those of the task.  It becomes the bot itself, so that a signal reaches it.
    """
    final = stages()[-1]
    told = shlex.join(f"{name}={value}" for name, value in {**final.variables, **variables}.items())
    words = shlex.join(final.last("CMD").listed)
    then = (
        f'cp {config} "$root/etc/toban/toban.toml"; mkdir "$folder/room"; cd /\n'
        f'set -- "$root" "$folder/room" {state} {final.last("VOLUME").rest} "" env -i {told} {words}\n{ENTER}'
    )
    for one in (folder, state):
        one.mkdir(parents=True, exist_ok=True)
    os.chown(state, int(UID), int(UID))
    with log.open("ab") as written:
        outer = [
            "unshare",
            "--mount",
            "--propagation",
            "private",
            "sh",
            "-c",
            script(then),
            "build",
            str(folder),
        ]
        return Popen(outer, stdout=written, stderr=written)
