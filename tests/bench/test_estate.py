"""The fewest calls of a night."""

from tests.bench.night.estate import Estate


def test_a_night_of_a_thousand_volumes_needs_so_many_calls() -> None:
    estate = Estate(1000)
    assert (estate.snapshots, estate.steps) == (8000, 3000)
    assert estate.least == {
        "DescribeVolumes": 1,
        "DescribeSnapshots": 8 + 1 + 7,
        "DescribeImages": 1,
        "CreateSnapshots": 400,
        "CreateSnapshot": 200,
        "DeleteSnapshot": 2000,
    }


def test_pruning_makes_nothing_new() -> None:
    estate = Estate(50, generations=10, keep=9, create=False)
    assert estate.steps == 50
    assert estate.least["CreateSnapshots"] == estate.least["CreateSnapshot"] == 0
    assert estate.least["DescribeSnapshots"] == 1 + 0 + 1
