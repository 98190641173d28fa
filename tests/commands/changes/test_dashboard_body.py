"""A dashboard's body without what is gone; the shorthand is that of "Dashboard body structure and syntax"."""

import json
from typing import Any

import pytest

from commands.changes.dashboard_body import Gone, meant, without

DEAD, ALIVE, OTHER = "i-00000000dead", "i-000000a11fe0", "i-0000000ffe12"
HERE, ACCOUNT = "ap-northeast-1", "123456789012"
GONE = Gone(frozenset({DEAD}), frozenset({HERE}), ACCOUNT)
CPU = ["AWS/EC2", "CPUUtilization", "InstanceId"]


def widget(*metrics: Any, **properties: Any) -> dict[str, Any]:
    shown = {"metrics": list(metrics), "region": HERE, **properties}
    return {"type": "metric", "x": 0, "y": 0, "properties": shown}


def body(*widgets: Any, **more: Any) -> str:
    return json.dumps({"widgets": list(widgets), **more}, indent=1)


def left_of(*metrics: Any) -> Any:
    (one,) = json.loads(without(body(widget(*metrics)), GONE).body)["widgets"]
    return one["properties"]["metrics"]


@pytest.mark.parametrize(
    ("metrics", "left"),
    [
        pytest.param([[*CPU, DEAD], [*CPU, ALIVE]], [[*CPU, ALIVE]], id="written out"),
        pytest.param([[*CPU, DEAD], ["...", ALIVE]], [[*CPU, ALIVE]], id="all the same, of the gone"),
        pytest.param(
            [[*CPU, DEAD], [".", "NetworkIn", ".", ALIVE, {"yAxis": "right"}]],
            [["AWS/EC2", "NetworkIn", "InstanceId", ALIVE, {"yAxis": "right"}]],
            id="some the same, of the gone",
        ),
        pytest.param(
            [[*CPU, ALIVE], ["...", DEAD], [".", "NetworkIn", ".", "."], ["...", OTHER]],
            [[*CPU, ALIVE], ["AWS/EC2", "NetworkIn", "InstanceId", OTHER]],
            id="the gone by shorthand, twice",
        ),
        pytest.param(
            [[*CPU, ALIVE], ["...", DEAD], ["...", OTHER]],
            [[*CPU, ALIVE], ["...", OTHER]],
            id="shorthand that means the same stays",
        ),
        pytest.param(
            [[*CPU, DEAD], ["CWAgent", "mem", "InstanceId", ALIVE, "ImageId", "ami-1"], ["...", "ami-2"]],
            [["CWAgent", "mem", "InstanceId", ALIVE, "ImageId", "ami-1"], ["...", "ami-2"]],
            id="shorthand of what stays",
        ),
        pytest.param(
            [[*CPU, DEAD], [{"expression": "m2*2", "id": "e1"}], ["...", ALIVE, {"id": "m2"}]],
            [[{"expression": "m2*2", "id": "e1"}], [*CPU, ALIVE, {"id": "m2"}]],
            id="an expression between them",
        ),
        pytest.param(
            [["AWS/EC2", "CPUUtilization", "ImageId", DEAD], [*CPU, DEAD]],
            [["AWS/EC2", "CPUUtilization", "ImageId", DEAD]],
            id="another dimension with that value",
        ),
        pytest.param(
            [[*CPU, DEAD, {"region": "us-west-2"}], ["...", {"accountId": "9" * 12}], [*CPU, DEAD]],
            [[*CPU, DEAD, {"region": "us-west-2"}], ["...", {"accountId": "9" * 12}]],
            id="where nobody has looked",
        ),
    ],
)
def test_metrics_of_the_gone_go(metrics: list[Any], left: list[Any]) -> None:
    assert left_of(*metrics) == left


@pytest.mark.parametrize(
    "metrics",
    [
        pytest.param([["...", DEAD]], id="all the same as nothing"),
        pytest.param([[".", "CPUUtilization", "InstanceId", DEAD]], id="the same as nothing"),
        pytest.param([[*CPU, DEAD], [*CPU]], id="a dimension without a value"),
        pytest.param([[*CPU, DEAD], "text"], id="no array"),
        pytest.param([[*CPU, DEAD], []], id="an empty one"),
        pytest.param([[*CPU, DEAD], [*CPU, 7]], id="a number"),
    ],
)
def test_a_widget_that_cannot_be_understood_stays(metrics: list[Any]) -> None:
    written = body(widget(*metrics))
    assert without(written, GONE).body == written


@pytest.mark.parametrize("expression", ["m1+m2", "SUM(METRICS())", 'SUM(METRICS("m"))', "ABS(m1)"])
def test_a_widget_with_an_expression_that_counts_with_it_stays(expression: str) -> None:
    math = [{"expression": expression, "id": "e1"}]
    one = widget(math, [*CPU, DEAD, {"id": "m1"}], ["...", ALIVE, {"id": "m2"}], title="load")
    found = without(body(one, widget([*CPU, DEAD])), GONE)
    assert json.loads(found.body)["widgets"] == [one]
    assert (found.metrics, found.counted) == (1, ("load",))


def test_one_without_a_title_is_told_of_by_its_number() -> None:
    one = widget([*CPU, DEAD], [{"expression": "AVG(METRICS())"}])
    assert without(body("odd", one), GONE).counted == ("#2",)


def test_an_expression_of_others_does_not_keep_it() -> None:
    math = [{"expression": "m2*m10", "id": "e1"}]
    assert left_of(math, [*CPU, ALIVE, {"id": "m2"}], ["...", DEAD, {"id": "m1"}]) == [
        math,
        [*CPU, ALIVE, {"id": "m2"}],
    ]


def test_a_widget_that_shows_nothing_then_goes() -> None:
    stays = widget([*CPU, ALIVE])
    found = without(body(widget([*CPU, DEAD]), stays), GONE)
    assert json.loads(found.body)["widgets"] == [stays]
    assert (found.metrics, found.shown) == (1, 1)


def test_one_that_shows_an_alarm_too_stays_for_that() -> None:
    alarms = {"alarms": ["arn:aws:cloudwatch:alarm"]}
    found = json.loads(without(body(widget([*CPU, DEAD], annotations=alarms)), GONE).body)
    assert [one["properties"] for one in found["widgets"]] == [{"region": HERE, "annotations": alarms}]


def test_everything_else_is_as_it_was() -> None:
    others = [
        {"type": "text", "properties": {"markdown": f"{DEAD} は廃止"}},
        {"type": "of-tomorrow", "properties": {"metrics": [[*CPU, DEAD]], "region": HERE}},
        {"type": "metric", "properties": "odd"},
        "odd",
    ]
    more = {"start": "-PT6H", "variables": [{"id": "v", "value": 0.1}]}
    found = without(body(widget([*CPU, DEAD]), *others, **more), GONE)
    assert json.loads(found.body) == {"widgets": others, **more}
    assert "廃止" in found.body


@pytest.mark.parametrize("written", ["", "[]", "{}", '{"widgets": 3}', body(widget([*CPU, ALIVE]))])
def test_without_anything_to_take_out_it_is_the_very_same_text(written: str) -> None:
    assert without(written, GONE).body == written


def test_spaces_and_the_order_of_names_mean_nothing() -> None:
    assert meant('{"widgets": [], "start": "a"}') == meant('{"start":"a","widgets":[]}')
    assert meant('{"widgets": [1, 2]}') != meant('{"widgets": [2, 1]}')
    assert meant("no JSON") == (0, "no JSON")
