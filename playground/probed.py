"""The config of the playground's bot: the usual one, and a probe of the shop, whose port is new each time."""

import re
from pathlib import Path

from playground.shop.pages import WELCOME

_POLICY = re.compile(r'^policy = "(.+)"$', re.MULTILINE)
_PROBE = """
# The shop of the playground, which may be broken.  What its users see:
[probes.shop]
url = "{url}"
every = "500ms"
contains = "{welcome}"
back_within = "120s"
"""


def with_probe(config: Path, url: str, folder: Path) -> Path:
    """Write the config into a folder, with a probe of this URL, and return where; its policy stays."""
    text = config.read_text(encoding="utf-8")
    absolute = _POLICY.sub(lambda found: f'policy = "{(config.parent / found[1]).as_posix()}"', text)
    written = folder / config.name
    written.write_text(absolute + _PROBE.format(url=url, welcome=WELCOME), encoding="utf-8")
    return written
