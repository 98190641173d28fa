"""What a line would do, before anybody asks it: read-only, and nothing is stored."""

import logging
from dataclasses import replace

from aws.errors import AwsError
from bot.arguments import UsageError
from bot.flow.path import Path
from bot.grammar.grammar import HelpWanted
from bot.operation import Door
from bot.refusals import said
from bot.views.form import Preview
from bot.words import words

log = logging.getLogger("toban.slack")


def preview(path: Path, line: str, person: str, channel: str) -> Preview:
    """Plan a line as it would be planned if this person sent it now, in this channel."""
    try:
        return _preview(path, line, person, channel)
    except UsageError as error:
        return Preview(wrong=(error.said,))
    except AwsError as error:
        return Preview(wrong=(said(error),))
    except Exception:  # the edge of a thread: the form must not stand still because of a mistake of ours
        log.exception("a preview failed", extra={"action": "slack.preview-failed"})
        return Preview(wrong=(words("toban made a mistake here; the log tells more"),))


def _preview(path: Path, line: str, person: str, channel: str) -> Preview:
    parsed = path.grammar.parse(line)
    if isinstance(parsed, HelpWanted):
        return Preview()
    verb = parsed.verb
    may = path.policy.may_ask(path.people.person(person), verb.action, verb.risk, Door.FORM)
    if not may.allowed:
        return Preview(wrong=(may.why,))
    world = path.world_of(person, Door.FORM, channel)
    world = replace(world, costs=world.costs.held())  # whoever still types pays for nothing
    plan = verb.plan(parsed.args, world)
    ruling = world.rules.rule(verb, plan.steps, emergency=False, approvals=plan.approvals)
    return Preview(parsed.line, plan, ruling if verb.actions else None)
