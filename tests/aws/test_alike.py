from aws.alike import Alike


def test_equal_values_become_one() -> None:
    alike = Alike()
    first = alike(("Backup", "".join(("night", "ly"))))
    again = alike(("Backup", "".join(("night", "ly"))))
    assert first is again


def test_a_value_that_differs_stays_what_it_is() -> None:
    alike = Alike()
    assert [alike(("newer", str(n))) for n in (6, 7, 6)] == [("newer", "6"), ("newer", "7"), ("newer", "6")]
