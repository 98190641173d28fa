"""Steps for the pure parts of the flow."""

from collections.abc import Mapping

from bot.command import Action, Called, Replay, Risk
from bot.operation import StepRow, StepState
from bot.plan import Resource, Step

SENT_TO = "ec2.stop"


def step(key: str, *, needs: tuple[str, ...] = (), group: str = "", region: str = "ap-northeast-1") -> Step:
    """A step that stops the instance of this name."""
    target = Resource("dev", region, "instance", key)
    return Step(
        key, SENT_TO, target, (("state", "running"),), (("state", "stopped"),), group=group, needs=needs
    )


def row(planned: Step, *, id: int = 1, chunk: int = 0) -> StepRow:  # noqa: A002 - as the field
    """The step as it was planned."""
    return StepRow(id, planned, StepState.PLANNED, None, "", None, chunk, 0)


def actions(most: int = 2) -> Mapping[str, Action]:
    """An action whose call takes so many steps."""
    made = Action(
        SENT_TO,
        Risk.CHANGE,
        Replay.REPEATABLE,
        (),
        look=lambda _world, _place, _steps: {},
        call=lambda _world, _batch: Called(""),
        watch=lambda _world, _place, _sent: {},
        most=most,
    )
    return {SENT_TO: made}
