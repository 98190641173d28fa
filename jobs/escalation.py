"""Nobody acknowledges: its people are called again, then wider ones, then a topic that reaches telephones.

When somebody is called next is a row; each call is one letter, by its key, however often this looks.
"""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import Connection

from bot.arguments import UsageError
from bot.bell import Topic
from bot.flow import troubles as flow
from bot.flow.path import Path
from bot.flow.receive import receive
from bot.operation import Asker, Door
from bot.store import troubles
from bot.store.audit import Event
from bot.trouble import Rule, State, Trouble
from bot.words import Words, words

LOOK_EVERY = timedelta(seconds=5)
AGAIN, WIDER, TOPIC = range(3)
"""The calls of a rule, by their number."""


def look(path: Path) -> int:
    """Call whoever is due; how many calls there were."""
    rules = {rule.name: rule for rule in path.troubles.rules()}
    due = path.db.read(lambda tx: troubles.to_call(tx, path.now()))
    for trouble in due:
        _call(path, trouble, rules)
    return len(due)


def _call(path: Path, trouble: Trouble, rules: Mapping[str, Rule]) -> None:
    rule = rules.get(trouble.rule)
    if rule is None or trouble.state is not State.OPEN or trouble.stage >= len(rule.after):
        path.db.write(lambda tx: troubles.change(tx, trouble.number, next_stage=None))
        return
    if trouble.stage == TOPIC:
        _page(path, trouble, rule)
    path.db.write(lambda tx: _told(path, tx, trouble, rule))
    path.ring(Topic.MAIL)


def _told(path: Path, tx: Connection, trouble: Trouble, rule: Rule) -> None:
    """One call; looked at again inside the transaction, since somebody may just have acknowledged it."""
    now, stands = path.now(), troubles.get(tx, trouble.number)
    if stands is None or stands.state is not State.OPEN or stands.stage != trouble.stage:
        return
    stage = trouble.stage
    waits = rule.after[stage + 1] - rule.after[stage] if stage + 1 < len(rule.after) else None
    later = now + max(waits, LOOK_EVERY) if waits is not None else None
    troubles.change(tx, trouble.number, stage=stage + 1, next_stage=later, snoozed_until=None)
    flow.note(tx, Event.TROUBLE_CALLED, now, trouble)
    flow.call(path, tx, trouble, f"{trouble.times}-{stage}-{now:%Y%m%d%H%M}", _said(trouble, rule, stage))


def _said(trouble: Trouble, rule: Rule, stage: int) -> Words:
    if stage == TOPIC:
        return words("Nobody has acknowledged this; {topic} is told.", topic=rule.topic)
    who = rule.wider if stage == WIDER else rule.mention
    if not who:
        return words("Nobody has acknowledged this.")
    return words("{owner}: nobody has acknowledged #A{number}.", owner=who, number=trouble.number)


def _page(path: Path, trouble: Trouble, rule: Rule) -> None:
    """Ask for the publication, with the rights of the rule's owner, by the path that every change goes."""
    asker = Asker(rule.owner, channel=rule.channel, language=path.language_in(rule.channel))
    key = f"page/{trouble.number}/{trouble.times}"
    try:
        receive(path, key, Door.EVENT, asker, f"alarm page {trouble.number}")
    except UsageError as error:
        raise RuntimeError("toban's own line cannot be read") from error
