"""Whatever Slack, or somebody who plays Slack, delivers: answered or refused, never a crash or an action."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.deliveries import Body, Deliveries, fresh
from tests.fuzz.mutations import FOREIGN, HUGE, STRANGERS, mutated
from tests.scenarios.given import APPROVER, READER

# the bot's own threads draw from `random` meanwhile, which Hypothesis takes for its strategies' doing
pytestmark = pytest.mark.filterwarnings("ignore:Do not use the `random` module inside strategies")
KINDS = ("slash", "mention", "home", "click", "deny", "form")
often = settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)


def comes_to_nothing(deliveries: Deliveries, crashes: list[str], body: Body) -> None:
    """It is answered, nobody's, or refused by Bolt; nothing of ours crashed, and nothing changed."""
    before = deliveries.done()
    assert deliveries.deliver(body) in {200, 404, 500}
    assert crashes == []
    assert deliveries.done() == before


@pytest.mark.parametrize("kind", KINDS)
def test_as_it_was_from_a_reader_it_changes_nothing(
    deliveries: Deliveries, crashes: list[str], kind: str
) -> None:
    body = fresh(getattr(deliveries, kind))
    comes_to_nothing(deliveries, crashes, body)
    assert deliveries.deliver(body) == 200


@pytest.mark.parametrize("kind", KINDS)
@often
@given(st.data())
def test_in_any_wrong_shape_it_changes_nothing(
    deliveries: Deliveries, crashes: list[str], kind: str, data: st.DataObject
) -> None:
    comes_to_nothing(deliveries, crashes, data.draw(mutated(fresh(getattr(deliveries, kind)))))


@often
@given(text=st.text(max_size=300) | st.just(HUGE), who=st.sampled_from(STRANGERS))
def test_whatever_a_stranger_types_changes_nothing(
    deliveries: Deliveries, crashes: list[str], text: str, who: str
) -> None:
    body = fresh(deliveries.slash) | {"text": text, "user_id": who}
    before = deliveries.done()
    assert deliveries.deliver(body) == 200
    assert crashes == []
    assert deliveries.done() | {"others": 0} == before | {"others": 0}  # whoever is there may look


@often
@given(value=st.sampled_from(FOREIGN) | st.text(max_size=100), kind=st.sampled_from(["click", "deny"]))
def test_a_colleague_who_sends_a_value_that_is_not_the_plans_changes_nothing(
    deliveries: Deliveries, crashes: list[str], value: str, kind: str
) -> None:
    body = fresh(getattr(deliveries, kind))
    body["user"]["id"] = APPROVER
    body["actions"][0]["value"] = value
    comes_to_nothing(deliveries, crashes, body)


@often
@given(who=st.sampled_from([READER, *STRANGERS]), kind=st.sampled_from(["click", "deny", "form"]))
def test_somebody_of_another_workspace_whom_nobody_let_agree_decides_nothing(
    deliveries: Deliveries, crashes: list[str], who: str, kind: str
) -> None:
    body = fresh(getattr(deliveries, kind))
    body["user"] |= {"id": who, "team_id": "T0ELSEWHERE"}
    comes_to_nothing(deliveries, crashes, body)
