import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.probe import LATE, UNREAD, Kind, Probe, Sample
from bot.probing.prober import Prober

EVERY = 0.04


def probe(name: str = "shop", timeout: float = 0.1, every: float = EVERY) -> Probe:
    rhythm = timedelta(seconds=every)
    return Probe(name, Kind.HTTP, "http://shop.example/", rhythm, timedelta(seconds=timeout))


def asking(does: Callable[[], object]) -> Callable[[Probe], Sample]:
    def ask(one: Probe) -> Sample:
        at = datetime.now(UTC)
        does()
        return Sample(one.name, at, 0.0)

    return ask


@contextmanager
def probing(*probes: Probe, does: Callable[[], object] = int, seconds: float = 1.0) -> Iterator[list[Sample]]:
    """Probe for so long; what was taken."""
    taken: list[Sample] = []
    prober = Prober(probes, taken.append, asking(does))
    prober.start()
    time.sleep(seconds)
    prober.stop()
    yield sorted(taken, key=lambda one: one.at)


def seconds_of(samples: list[Sample]) -> list[float]:
    """When each was asked, after the first."""
    return [(one.at - samples[0].at).total_seconds() for one in samples]


def test_questions_lie_on_a_grid_that_does_not_drift() -> None:
    with probing(probe()) as taken:
        asked = seconds_of(taken)
    assert len(asked) == pytest.approx(1.0 / EVERY, abs=3)
    off = [at - number * EVERY for number, at in enumerate(asked)]
    assert abs(min(off[-8:])) < EVERY / 2  # each may be late, the grid is not


def test_a_slow_answer_delays_no_other_question() -> None:
    with probing(probe(timeout=0.3), does=lambda: time.sleep(0.25)) as taken:
        asked = seconds_of(taken)
    assert all(one.tells for one in taken)
    assert len(asked) == pytest.approx(1.0 / EVERY, abs=3)


def test_several_probes_are_spread_over_their_interval() -> None:
    four = [probe(f"p{number}", every=0.8) for number in range(4)]
    with probing(*four, seconds=0.75) as taken:
        first = {one.probe: at for one, at in reversed(list(zip(taken, seconds_of(taken), strict=True)))}
    assert [first[f"p{number}"] for number in range(4)] == pytest.approx([0, 0.2, 0.4, 0.6], abs=0.09)


def test_what_cannot_be_asked_since_all_before_hang_is_late_and_not_left_out() -> None:
    over = threading.Event()
    taken: list[Sample] = []
    prober = Prober([probe(timeout=0.1)], taken.append, asking(lambda: over.wait(10)))
    prober.start()
    time.sleep(0.6)
    late = list(taken)
    over.set()
    prober.stop()
    most = 4  # ⌈0.1/0.04⌉ + 1
    assert {one.error for one in late} == {LATE}
    assert not any(one.tells for one in late)
    assert len(late) == pytest.approx(0.6 / EVERY - most, abs=3)
    assert len([one for one in taken if one.ok]) >= most


def test_when_time_itself_stood_still_one_sample_tells_for_how_long_and_the_grid_stays() -> None:
    over = threading.Event()
    taken: list[Sample] = []

    def take(sample: Sample) -> None:
        taken.append(sample)
        if sample.error == LATE and not over.is_set():
            over.set()
            time.sleep(0.25)  # who keeps the time calls this

    prober = Prober([probe(timeout=0.01, every=0.1)], take, asking(lambda: over.wait(10)))
    prober.start()
    time.sleep(1.2)
    prober.stop()
    still = next(one for one in taken if one.took > 0)
    assert still.error == LATE
    assert still.took == pytest.approx(0.1 * round(still.took / 0.1))
    asked = seconds_of([one for one in taken if one.tells])
    assert min(abs(at - 0.1 * round(at / 0.1)) for at in asked[-6:]) < 0.025


def test_nothing_is_taken_after_the_end() -> None:
    over = threading.Event()
    taken: list[Sample] = []
    prober = Prober([probe()], taken.append, asking(lambda: over.wait(10)))
    prober.start()
    time.sleep(0.1)
    begin = time.monotonic()
    prober.stop(patience=0.1)
    assert time.monotonic() - begin < 1
    before = len(taken)
    over.set()
    time.sleep(0.1)
    assert len(taken) == before


def test_the_last_answers_are_waited_for() -> None:
    with probing(probe(timeout=0.5), does=lambda: time.sleep(0.2), seconds=0.1) as taken:
        assert len(taken) >= 2


def test_a_question_that_fails_in_a_way_nobody_thought_of_is_told_and_the_next_is_asked(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fails() -> None:
        raise RuntimeError("of a kind of its own")

    with caplog.at_level(logging.CRITICAL, "toban"), probing(probe(), does=fails, seconds=0.3) as taken:
        assert {one.error for one in taken} == {UNREAD}
        assert len(taken) >= 4


def test_without_a_probe_there_is_nothing_to_ask() -> None:
    with probing(seconds=0.05) as taken:
        assert taken == []
