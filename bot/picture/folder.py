"""Where matplotlib may write.

It keeps a list of this machine's fonts in a folder.  Left alone it would choose one in the home folder, which
may be read-only or nobody's to write in: here it lies among the temporary files, outlives a restart, and is
made anew where it is gone.  MPLCONFIGDIR names another one ("Environment variables", matplotlib).
"""

import os
import stat
import tempfile
from pathlib import Path

FOLDER = "MPLCONFIGDIR"


def prepare() -> None:
    """Say where matplotlib may write, before it is loaded for the first time."""
    if not os.environ.get(FOLDER):
        os.environ[FOLDER] = str(folder(Path(tempfile.gettempdir())))


def folder(parent: Path) -> Path:
    """A folder below `parent` that only this user writes in; its name is ours only if it is."""
    wanted = parent / f"toban-pictures-{os.getuid()}"
    wanted.mkdir(mode=0o700, exist_ok=True)
    found = wanted.lstat()
    ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o022
    return wanted if ours else Path(tempfile.mkdtemp(prefix="toban-pictures-", dir=parent))
