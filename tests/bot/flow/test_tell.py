"""How it went, in the verb's own words: told once, at the end, kept, and sent into the thread."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from aws.account import Place
from bot.command import Ended, Replay, Risk, Told, Verb
from bot.engine import Engine
from bot.flow.tell import whole
from bot.operation import State
from bot.plan import File, Left, Plan, Unread
from bot.store import tellings
from bot.store.outbox import TOLD, Mail
from bot.store.report import report
from bot.store.schema import outbox as letters
from bot.words import words
from tests.bot.flow.crowd import Args, Crowd, lamps, refused
from tests.by_name import by_name
from tests.house import House


def tell(ended: Sequence[Ended], _left: Sequence[Left]) -> Told:
    """How many lamps are on, and which are not."""
    off = [one for one in ended if one.state != "done"]
    lines = tuple(words("{lamp}: {why}", lamp=one.step.key, why=one.why or words("no idea")) for one in off)
    summary = words("{done} of {total} lamps are on", done=len(ended) - len(off), total=len(ended))
    text = "".join(f"{one.step.key},{one.state}\n" for one in ended)
    return Told(summary, lines, File("lamps.csv", text), well=not off)


def seen_through(there: House, crowd: Crowd) -> int:
    """Three lamps are asked for; the house's verb has words of its own."""
    verb = Verb("lamp", "light", words("Light."), Args, Risk.CHANGE, (), crowd.plan, (), tell=tell)
    path = replace(there.path, verbs=by_name([verb]))
    here = House(path, Engine(path, there.engine._bell), there.time)
    number = here.asked("/lamp light 3")
    here.work(passing=15, turns=6)
    return number


def told(there: House, number: int) -> Told:
    found = there.path.db.read(lambda tx: tellings.of(tx, number))
    assert found is not None
    return found


def files(there: House, number: int) -> list[str]:
    query = select(letters.c.key).where(letters.c.operation == number, letters.c.kind == Mail.FILE)
    return there.path.db.read(lambda tx: list(tx.execute(query).scalars()))


def test_every_step_is_told_of_as_it_ended(at_home: House, crowd: Crowd) -> None:
    crowd.before = lambda ids: refused() if "l-1" in ids else None
    with lamps(at_home, crowd, Replay.REPEATABLE, 1) as there:
        number = seen_through(there, crowd)
        assert there.operation(number).state is State.PARTLY
        made = told(there, number)
    assert str(made.summary) == "2 of 3 lamps are on"
    assert [str(line).split(":")[0] for line in made.lines] == ["l-1"]
    assert not made.well


def test_the_card_and_its_thread_show_what_was_stored(at_home: House, crowd: Crowd) -> None:
    with lamps(at_home, crowd, Replay.REPEATABLE) as there:
        number = seen_through(there, crowd)
        shown = there.path.db.read(lambda tx: report(tx, number))
        assert shown is not None
        assert shown.told == told(there, number)
        assert files(there, number) == [f"file:{number}:{TOLD}"]


def test_a_verb_without_words_of_its_own_tells_nothing(at_home: House, crowd: Crowd) -> None:
    with lamps(at_home, crowd, Replay.REPEATABLE) as there:
        number = there.asked("/lamp light 3")
        there.work(passing=15, turns=6)
        assert there.operation(number).state is State.DONE
        assert there.path.db.read(lambda tx: tellings.of(tx, number)) is None
        assert files(there, number) == []


def test_what_could_not_be_read_is_not_well() -> None:
    blind = Plan(words("light"), unread=(Unread(Place("dev", "ap-northeast-1"), words("no right")),))
    made = whole(Told(words("all are on")), blind)
    assert not made.well
    assert [str(line) for line in made.lines] == ["1 place could not be read"]
    assert whole(Told(words("all are on")), Plan(words("light"))).well
