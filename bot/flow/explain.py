"""Why a step failed, in the words of its action: asked once, when AWS shows that it did, or refused its call.

Asked in a thread that looks or calls, never within a transaction; and whatever goes wrong meanwhile, what
AWS showed is told.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace

from aws.account import Place
from aws.errors import AwsError
from bot.command import Action, Failed, World
from bot.flow.call import Hand, Outcome
from bot.flow.refusal import Fate, fate
from bot.refusals import said
from bot.words import Words, words

log = logging.getLogger("toban.flow")
MOST = 10
"""Steps of one look, and refusals of one operation at a time: each may cost a few calls to AWS."""


def explained(world: World, action: Action, place: Place, failed: Sequence[Failed]) -> Mapping[str, Words]:
    """What is known of each of these steps, and why it failed; without those that nobody can explain."""
    if action.explain is None or not failed:
        return {}
    some = failed[:MOST]
    try:
        whys = action.explain(world, place, some)
    except AwsError as error:
        why = said(error, place.account)
        return {one.step.key: _unread(one.shows, why) for one in some}
    except Exception:  # an explanation is a courtesy: a mistake of ours in it must not hide what was seen
        log.exception("explaining %s stumbled", action.name, extra={"action": "explain.stumbled"})
        return {}
    known = [one for one in some if one.step.key in whys]
    return {one.step.key: _because(one.shows, whys[one.step.key]) for one in known}


def is_over(hand: Hand, outcome: Outcome) -> bool:
    """Whether AWS will not do it, and there is somebody who may know why."""
    action, error = hand.action(outcome.call.batch.action), outcome.said
    if action.explain is None or not isinstance(error, AwsError):
        return False
    return fate(action, outcome.call.rows, error, insists=action.whatever_happens) is Fate.OVER


def explain(hand: Hand, outcome: Outcome) -> Outcome:
    """The same outcome, with the reason of a refusal that is final."""
    error, batch = outcome.said, outcome.call.batch
    if not isinstance(error, AwsError) or not is_over(hand, outcome):
        return outcome
    shows = said(error, batch.place.account)
    failed = [Failed(row.step, shows, error.said.code) for row in outcome.call.rows]
    world = hand.path.world(hand.operation)
    return replace(outcome, because=explained(world, hand.action(batch.action), batch.place, failed))


def _because(shows: Words, why: Words) -> Words:
    return words("{shows} — {why}", shows=shows, why=why)


def _unread(shows: Words, why: Words) -> Words:
    return words("{shows} (why could not be read: {why})", shows=shows, why=why)
