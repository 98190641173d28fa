"""What the config may set about actions."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.rulebook import rules
from bot.settings import SettingsError
from tests.bot.configs import LEAST, Load, loader, mistakes

GROUPS = '[groups]\noperators = ["U0SATO"]\napprovers = ["U0SUZUKI"]\n'


@pytest.fixture
def config(tmp_path: Path) -> Load:
    return loader(tmp_path)


def test_the_config_says_how_long_aws_may_take(config: Load) -> None:
    usual = rules(config(LEAST + GROUPS)).actions
    actions = rules(config(LEAST + GROUPS + '[within]\n"ec2.start" = "5m"\n')).actions
    assert actions["ec2.start"].within == timedelta(minutes=5) != usual["ec2.start"].within
    assert actions["ec2.stop"].within == usual["ec2.stop"].within


def test_a_limit_for_no_action_is_a_mistake(config: Load) -> None:
    with pytest.raises(SettingsError, match=r"“ec2\.strat”, which is no action\. Did you mean ec2\.start"):
        rules(config(LEAST + '[within]\n"ec2.strat" = "5m"\n'))


def test_a_limit_that_is_no_span_of_time_is_a_mistake(config: Load) -> None:
    (found,) = mistakes(config, LEAST + '[within]\n"ec2.start" = "soon"\n')
    assert "“soon” is not a span of time" in found
