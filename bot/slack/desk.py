"""What lies on people's desks, out of rows, for their home tabs: only what each of them may ask about."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.command import Risk
from bot.flow.path import Path
from bot.operation import Door
from bot.policy.decision import Person
from bot.slack.permalink import permalink
from bot.slack.spending import Spending
from bot.store import desk, open_troubles
from bot.trouble import Rule, Trouble
from bot.views import home, home_alarms
from bot.views.home import Desk
from bot.views.home_alarms import Alarms, Ringing
from bot.views.home_rows import Entry

GATE = "failover.gate"
"""The action of a step that waits for a person."""
WIDER = 1
"""Calls after which it is the others' turn (`jobs.escalation`)."""
RISKS = tuple(Risk)
MOST = home.MINE


@dataclass(frozen=True)
class Desks:
    """Everybody's."""

    path: Path
    url: Callable[[], str]  # the workspace's address; "" while not known
    spending: Spending = field(init=False)

    def __post_init__(self) -> None:
        """The bill is added up once for all."""
        object.__setattr__(self, "spending", Spending(self.path))

    def of(self, person: str) -> Desk:
        """One person's, as everything stands; what they may not ask about is None, or left out."""
        path, who = self.path, self.path.people.person(person)
        sees = self._reads(who, "toban.pending")
        found = path.db.read(lambda tx: desk.of(tx, person, MOST, GATE, decides=home.WAITING))
        return Desk(
            waiting=self._entries(found.waiting),
            waits=found.waits,
            asking=self._entries(found.asking) if self._may(who, "failover.continue", Risk.CHANGE) else (),
            called=self._called(who),
            mine=self._entries(found.mine),
            running=self._entries(found.running) if sees else None,
            runs=found.runs,
            schedules=path.ledger.schedules() if self._reads(who, "schedule.list") else None,
            alarms=self._alarms() if self._reads(who, "alarm.list") else None,
            spent=self.spending.now() if self._reads(who, "cost.month") else None,
            hours=tuple(path.hours.values()) if sees else (),
            held=path.ledger.held() if sees else (),
            changed=self._entries(found.changed) if self._reads(who, "toban.audit") else None,
        )

    # -- who may ask what ----------------------------------------------------------------------------

    def _reads(self, who: Person, action: str) -> bool:
        return self._may(who, action, Risk.NONE)

    def _may(self, who: Person, action: str, risk: Risk) -> bool:
        """Whether they could type it."""
        return self.path.policy.may_ask(who, action, risk, Door.SLASH).allowed

    # -- operations ----------------------------------------------------------------------------------

    def _entries(self, items: Sequence[desk.Item]) -> Sequence[Entry]:
        return [
            Entry(
                one.report,
                permalink(self.url(), one.card.channel, one.card.ts),
                max(map(self._risk, one.actions), key=RISKS.index, default=Risk.CHANGE),
            )
            for one in items
        ]

    def _risk(self, action: str) -> Risk:
        known = self.path.actions.get(action)
        return known.risk if known else Risk.DESTROY

    # -- alarms --------------------------------------------------------------------------------------

    def _called(self, who: Person) -> Sequence[Ringing]:
        """Those for which this person was called, by name or with a group of theirs."""
        rules = {rule.name: rule for rule in self.path.troubles.rules()}
        is_meant = self.path.people.is_meant
        calling = self.path.db.read(lambda tx: open_troubles.calling(tx, self.path.now()))
        found = [one for one in calling if any(is_meant(who.id, name) for name in _names(one, rules))]
        return self._ringing(found, may=self._may(who, "alarm.acknowledge", Risk.CHANGE))

    def _alarms(self) -> Alarms:
        worst = self.path.db.read(lambda tx: open_troubles.worst(tx, home_alarms.OPEN))
        return Alarms(self._ringing(worst), self.path.db.read(open_troubles.counts))

    def _ringing(self, found: Sequence[Trouble], *, may: bool = False) -> Sequence[Ringing]:
        spots = self.path.db.read(lambda tx: open_troubles.spots(tx, found))
        return [Ringing(one, permalink(self.url(), *spots.get(one.number, ("", ""))), may) for one in found]


def _names(one: Trouble, rules: Mapping[str, Rule]) -> Iterable[str]:
    """Whom it has called so far: whoever its rule names, the second time whoever it names for that."""
    yield one.mention
    if one.stage > WIDER and one.rule in rules:
        yield rules[one.rule].wider
