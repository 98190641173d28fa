"""What must be true afterwards, and the counts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.operation import ENDS, STEP_ENDS, TITLES, State
from playground.slack.message import Message
from playground.slack.server import LocalSlack
from tests.chaos.books import Books
from tests.chaos.effects import TOGGLES, Effect, Effects
from tests.chaos.estate import CHANNELS
from tests.chaos.people import People
from tests.chaos.replicas import Replicas
from tests.scenarios.whole import letter_of

SOON = timedelta(seconds=5)
ENDED_TWICE = (
    "select operation from audit where event in ('operation.ended', 'operation.refused', 'operation.denied',"
    " 'operation.expired') group by operation having count(*) > 1"
)
STEP_ENDED_TWICE = (
    "select operation, action, resource, count(*) from audit where event = 'step.ended'"
    " group by operation, action, account, region, resource having count(*) > 1"
)
STEPS_ALIKE = "select count(*) from steps where operation = :of and action = :action and resource = :resource"


@dataclass
class Verdict:
    """What was found; `wrong` must stay empty."""

    books: Books
    effects: Effects
    people: People
    replicas: Replicas
    slack: LocalSlack
    wrong: list[str] = field(default_factory=list)
    counts: dict[str, object] = field(default_factory=dict)

    def judge(self) -> None:
        """Look at everything."""
        for look in (self._operations, self._steps, self._aws, self._messages):
            self.wrong += look()

    def _tally(self, table: str) -> dict[str, int]:
        """How many rows are in each state."""
        found = self.books.rows(f"select state, count(*) from {table} group by state")
        return {str(state): int(number) for state, number in found}

    # -- operations ----------------------------------------------------------------------------------

    def _operations(self) -> Iterator[str]:
        by_end = self._tally("operations")
        self.counts["operations"] = sum(by_end.values())
        self.counts |= {f"  {state}": by_end[state] for state in sorted(by_end)}
        self.counts["by kind"] = ", ".join(f"{kind} {n}" for kind, n in self.people.kinds.most_common())
        for state, number in by_end.items():
            if State(state) not in ENDS:
                yield f"{number} operations are {state}"
        stored = {key for (key,) in self.books.rows("select key from asks")}
        yield from (
            f"{key} was acknowledged, and is not there" for key in self.people.taken if key not in stored
        )
        self.counts["asks kept though their acknowledgement was lost"] = len(stored & set(self.people.lost))
        yield from (f"#{number} ended twice" for (number,) in self.books.rows(ENDED_TWICE))

    def _steps(self) -> Iterator[str]:
        by_end = self._tally("steps")
        ends = {state: number for state, number in by_end.items() if state in STEP_ENDS}
        never_begun = self.books.count(
            "select count(*) from steps s join operations o on o.id = s.operation"
            " where s.state = 'planned' and o.started is null"
        )
        self.counts["targets of plans that began"] = sum(by_end.values()) - never_begun
        self.counts |= {f"  {state} ": ends[state] for state in sorted(ends)}
        self.counts["targets of plans that never began"] = never_begun
        if sum(ends.values()) + never_begun != sum(by_end.values()):
            yield f"steps that have no end: {by_end}, of which {never_begun} never began"
        for operation, action, resource, times in self.books.rows(STEP_ENDED_TWICE):
            ((steps,),) = self.books.rows(STEPS_ALIKE, of=operation, action=action, resource=resource)
            if times > steps:
                yield f"#{operation}: {action} of {resource} ended {times} times"

    # -- AWS -----------------------------------------------------------------------------------------

    def _aws(self) -> Iterator[str]:
        self.effects.resolve()
        real = [one for one in self.effects.seen if not one.again]
        untold = [one for one in self.effects.seen if one.intent is None]
        twice = list(self._doubles(real))
        undone = [one for one in twice if self._was_undone(one)]
        excused = [one for one in twice if one not in undone and self._was_paused(one)]
        self.counts["calls that change AWS"] = dict(self.effects.calls)
        self.counts["effects"] = len(real)
        self.counts["  the same again, which changed nothing"] = len(self.effects.seen) - len(real)
        self.counts["  audit line committed before"] = sum(one.asked for one in self.effects.seen) - len(
            [one for one in untold if one.asked]
        )
        self.counts["  the same, by its time, the database being away"] = sum(
            not one.asked and one.intent is not None for one in self.effects.seen
        )
        self.counts["  twice"] = len(twice) - len(excused) - len(undone)
        self.counts["  again after a cut answer, when another operation had undone it"] = len(undone)
        self.counts["  twice, by a process paused between its fence and its call"] = len(excused)
        self.counts["calls that ended as unknown"] = self._tally("batches").get("unknown", 0)
        yield from (f"no audit line before: {one}" for one in untold)
        yield from (f"twice: {self._history(one)}" for one in twice if one not in excused + undone)

    def _doubles(self, real: list[Effect]) -> Iterator[Effect]:
        seen: Counter[tuple[object, ...]] = Counter()
        for one in real:
            if one.intent is None:
                continue
            key = (one.intent.batch, one.action, one.region, one.tokens or one.ids)
            seen[key] += 1
            if seen[key] > 1:
                yield one

    def _was_undone(self, one: Effect) -> bool:
        """Whether another operation changed the same machine back, between the first time and the second.

        Two people who want opposite things: whoever repeats sees what it saw before its first call.
        """
        first = self._first(one)
        between = [
            each.action
            for each in self.effects.seen
            if first.at < each.at < one.at and set(each.ids) & set(one.ids) and not each.again
        ]
        return one.action in TOGGLES and bool((TOGGLES - {one.action}) & set(between))

    def _first(self, one: Effect) -> Effect:
        """The first effect of the same batch."""
        assert one.intent is not None
        return next(
            each for each in self.effects.seen if each.intent and each.intent.batch == one.intent.batch
        )

    def _was_paused(self, one: Effect) -> bool:
        """Whether anybody who made this call stood still between the intent and the last effect."""
        assert one.intent is not None
        callers = {
            each.caller for each in self.effects.seen if each.intent and each.intent.batch == one.intent.batch
        }
        return any(self.replicas.was_paused(caller, one.intent.at, one.at) for caller in callers)

    def _history(self, one: Effect) -> str:
        """What was done to the same things since it was done first."""
        first = self._first(one)
        near = [
            each
            for each in self.effects.seen
            if first.at <= each.at <= one.at and {*each.ids, *each.tokens} & {*one.ids, *one.tokens}
        ]
        return f"{one.intent}: " + "; ".join(map(str, near))

    # -- messages ------------------------------------------------------------------------------------

    def _messages(self) -> Iterator[str]:
        said = [each for channel in CHANNELS for each in self.slack.workspace.messages.in_channel(channel)]
        texts: dict[int, list[str]] = {}
        for each in said:
            if letter := letter_of(each):
                texts.setdefault(letter, []).append(each.text)
        self.counts["messages posted"] = sum(map(len, texts.values()))
        self.counts["  of them a second time"] = sum(len(each) - 1 for each in texts.values())
        yield from self._doubles_in(said)
        private = self.books.count("select count(*) from outbox where ts = '' and next_try is null")
        self.counts["sentences to one person"] = private
        waiting = self.books.rows("select id, key, error from outbox where next_try is not null")
        yield from (f"letter {number} ({key}) was not sent: {error}" for number, key, error in waiting)
        given_up = self.books.rows("select id, key, error from outbox where sent_version = 0 and error <> ''")
        yield from (f"letter {number} ({key}) was given up: {error}" for number, key, error in given_up)
        for number, key in self.books.rows("select id, key from outbox where ts <> '' and kind <> 'file'"):
            if number not in texts:
                yield f"letter {number} ({key}) is not in Slack"
        yield from self._ends_shown(texts)

    def _doubles_in(self, said: Sequence[Message]) -> Iterator[str]:
        """Second posts of a letter, but for those of a process that had stood still until just then."""
        first: dict[int, Message] = {}
        excused = 0
        for each in said:
            letter = letter_of(each)
            if letter and (other := first.setdefault(letter, each)) is not each:
                at = datetime.fromtimestamp(float(each.ts), UTC)
                if self.replicas.went_on(at - SOON, at):
                    excused += 1
                else:
                    yield f"letter {letter} stands in {each.channel} at {other.ts} and {each.ts}: {each.text}"
        self.counts["  by a process that was paused before its request"] = excused

    def _ends_shown(self, texts: dict[int, list[str]]) -> Iterator[str]:
        shown = 0
        query = (
            "select x.id, o.id, o.state from outbox x join operations o on o.id = x.operation"
            " where x.kind = 'card' and x.ts <> ''"
        )
        for letter, number, state in self.books.rows(query):
            if not any(str(TITLES[State(state)]) in text for text in texts.get(letter, ())):
                yield f"the card of #{number} does not show {state}: {texts.get(letter)}"
            shown += 1
        self.counts["cards that show their operation's end"] = shown
        silent = self.books.rows(
            "select o.id, o.state from operations o where not exists"
            " (select 1 from outbox x where x.operation = o.id)"
        )
        yield from (f"#{number} ({state}) has no message" for number, state in silent)


def table(counts: dict[str, object]) -> str:
    """The counts, aligned."""
    width = max(map(len, counts))
    return "\n".join(f"{name:<{width}}  {value}" for name, value in counts.items())
