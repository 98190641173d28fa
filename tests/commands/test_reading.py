"""What names and tags mean where a service filters nothing itself: the same as in EC2's filters."""

import pytest

from bot.targets import Targets
from commands.reading import fits

TAGS = {"env": "dev", "team": "", "x[1]": "a.b"}


@pytest.mark.parametrize(
    "meant",
    [
        Targets(),
        Targets(everything=True),
        Targets(ids=("shop",)),
        Targets(ids=("other", "shop")),
        Targets(ids=("other",), names=("sh*",)),
        Targets(names=("nothing", "s?op")),
        Targets(tags=(("env", "dev"),)),
        Targets(tags=(("env", "prod"), ("env", "d*"))),
        Targets(tags=(("team", ""),)),
        Targets(tags=(("x[1]", "a.*"),)),
        Targets(names=("shop",), tags=(("env", "dev"), ("team", ""))),
    ],
)
def test_it_is_meant(meant: Targets) -> None:
    assert fits(meant, ("shop",), TAGS)


@pytest.mark.parametrize(
    "meant",
    [
        Targets(ids=("sho",)),
        Targets(ids=("shop*",)),
        Targets(names=("sho",)),
        Targets(names=("[s]hop",)),
        Targets(tags=(("env", "prod"),)),
        Targets(tags=(("none", ""),)),
        Targets(tags=(("env", "dev"), ("team", "web"))),
        Targets(tags=(("x[1]", "a?c"),)),
        Targets(names=("other",), tags=(("env", "dev"),)),
    ],
)
def test_it_is_not_meant(meant: Targets) -> None:
    assert not fits(meant, ("shop",), TAGS)
