"""ECS: only a task that nobody wanted to stop is a trouble."""

import pytest

from bot.trouble import Phase, Severity
from tests.jobs.readings.given import facts, reading, say


def test_a_task_that_stopped_says_why_and_how_its_containers_ended() -> None:
    found = reading("ecs_task_stopped")
    assert say(found.title) == "cart: a task has stopped"
    assert (found.severity, found.phase) == (Severity.WARNING, Phase.BEGINS)
    assert facts(found) == [
        "reason: Essential container in task exited (EssentialContainerExited)",
        "container app: exit code 137, OutOfMemoryError: Container killed due to memory usage",
        "it had run for 2 hr, 2 min",
        "task cart:41 in shop FARGATE ap-northeast-1c",
    ]
    assert {"cluster": "shop", "service": "cart"}.items() <= found.names.items()


def test_a_service_whose_tasks_cannot_start_is_to_be_looked_at_now() -> None:
    found = reading("ecs_task_cannot_start")
    assert (say(found.title), found.severity) == ("cart: a task cannot start", Severity.CRITICAL)


@pytest.mark.parametrize("name", ["ecs_task_ended", "ecs_task_scaled_in", "ecs_task_running"])
def test_a_task_that_ended_scaled_in_or_runs_begins_nothing_and_ends_no_trouble_of_its_service(
    name: str,
) -> None:
    found = reading(name)
    assert found.phase is Phase.ENDS
    assert found.subject != reading("ecs_task_stopped").subject


def test_who_stopped_a_task_knows_of_it() -> None:
    assert reading("ecs_task_stopped", stopCode="UserInitiated").phase is Phase.ENDS


def test_a_task_that_its_service_stopped_for_its_health_is_a_trouble() -> None:
    assert reading("ecs_task_unhealthy").phase is Phase.BEGINS


@pytest.mark.parametrize("code", ["SpotInterruption", "TerminationNotice"])
def test_a_task_whose_capacity_was_taken_back_says_so(code: str) -> None:
    found = reading("ecs_task_stopped", stopCode=code)
    assert say(found.title) == "cart: a task was stopped, since its Spot capacity was taken back"


def test_a_task_of_no_service_is_told_since_nothing_will_ever_say_that_it_is_over() -> None:
    assert reading("ecs_task_stopped", group="family:nightly-report").phase is Phase.TELLS


def test_a_service_that_is_steady_again_ends_what_its_tasks_and_deployments_began() -> None:
    steady = reading("ecs_service_steady")
    assert steady.phase is Phase.ENDS
    begun = [reading(name) for name in ("ecs_task_stopped", "ecs_service_no_room", "ecs_deployment_failed")]
    assert {one.phase for one in begun} == {Phase.BEGINS}
    assert {one.subject for one in begun} == {steady.subject}
    assert [one.severity for one in begun] == [Severity.WARNING, Severity.CRITICAL, Severity.CRITICAL]
    assert facts(begun[1]) == ["because: RESOURCE:FARGATE"]
