"""The schema holds what exists and nothing else."""

import pytest

from bot.command import Risk
from bot.policy.schema import riskiest
from bot.policy.subject import environment


def test_where_a_verb_and_an_action_share_a_name_the_greater_risk_counts() -> None:
    both = [("snapshot.prune", Risk.CHANGE), ("snapshot.prune", Risk.DESTROY)]
    assert riskiest(both) == riskiest(reversed(both)) == {"snapshot.prune": Risk.DESTROY}


@pytest.mark.parametrize(
    ("tags", "env"),
    [
        ((), ""),
        ((("Name", "prod"),), ""),
        ((("env", " "),), ""),
        ((("Env", "PRD"),), "prod"),
        ((("Stage", "検証"),), "staging"),
        ((("environment", "blue"),), "blue"),
        ((("env", "dev"), ("stage", "prod")), "prod"),
    ],
)
def test_the_environment_comes_from_the_tags(tags: tuple[tuple[str, str], ...], env: str) -> None:
    assert environment(tags) == env
