"""Page: tell the SNS topic of an alarm's rule, which reaches telephones and pagers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aws import topic
from aws.account import Place
from bot.arguments import Kind, UsageError, arg
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, Verb, World
from bot.plan import Fields, Plan, Resource, Step
from bot.trouble import State, Trouble
from bot.words import words
from commands.alarm import _named, _shown
from commands.reading import fields

NAME = "alarm.page"
TEXT = 700  # characters; a text message of SNS's has at most 1600 ("Publish", SNS API reference)
TITLE = 300
TOLD = fields(told="yes")


@dataclass(frozen=True, slots=True)
class Args:
    """What /alarm page is told."""

    alarm: str = _named.alarm_arg()
    anyway: bool = arg(Kind.FLAG, words("also when somebody looks at it already"), default=False)


def plan(args: Args, world: World) -> Plan:
    """One step, at most once.  Raises UsageError when its rule has no topic of ours."""
    one = _named.find(world, args.alarm)
    if one.state is State.OVER:
        return Plan(words("#A{number} is over.", number=one.number))
    if one.state is State.ACKNOWLEDGED and not args.anyway:
        said = words("{person} looks at #A{number} already.", person=one.acknowledged_by, number=one.number)
        return Plan(said, notes=(words("`--anyway` tells the topic all the same."),))
    arn = _topic(one, world)
    step = Step(
        key=f"{NAME}/{_named.target(one)}",
        action=NAME,
        target=_resource(arn, world),
        before=fields(state=one.state),
        after=TOLD,
        inputs=fields(alarm=_named.target(one), subject=_subject(one), text=_text(one, world), topic=arn),
    )
    name = arn.rpartition(":")[2]
    return Plan(
        words(
            "tell the topic {topic} of #A{number}: {title}", topic=name, number=one.number, title=one.title
        ),
        (step,),
        notes=(words("A message that may have gone out is not sent again."),),
    )


def _topic(one: Trouble, world: World) -> str:
    """The ARN of its rule's topic.  Raises UsageError."""
    rule = next((rule for rule in world.troubles.rules() if rule.name == one.rule), None)
    if rule is None:
        raise UsageError(words("The config has no rule {rule} any more.", rule=one.rule))
    if not rule.topic:
        raise UsageError(words("The rule {rule} has no topic that could be told.", rule=one.rule))
    return rule.topic


def _resource(arn: str, world: World) -> Resource:
    """The topic, in the account whose digits its ARN has.  Raises UsageError when that is not ours."""
    _, _, _, region, digits, name = arn.split(":")
    ours = {world.aws.config(place.account).id: place.account for place in world.aws.places()}
    if digits not in ours:
        raise UsageError(
            words("The topic {topic} is of an account that the config does not name.", topic=arn)
        )
    return Resource(ours[digits], region, "topic", name)


def _subject(one: Trouble) -> str:
    return f"toban #A{one.number} {one.severity} {one.account}/{one.region}"


def _text(one: Trouble, world: World) -> str:
    """What is read on a telephone in the night: what, where, since when, and where to look."""
    title = world.troubles.say(one.channel, one.title)[:TITLE]
    said = words(
        "{name} {title} ({place}, since {began})",
        name=_shown.name(one),
        title=title,
        place=f"{one.account}/{one.region}",
        began=one.began,
    )
    text = world.troubles.say(one.channel, said)[:TEXT]
    return "\n".join(filter(None, (text, world.troubles.link(one.number))))


# -- the page as an action ----------------------------------------------------------------------------


def look(world: World, _place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Where its alarm stands: when somebody has acknowledged it meanwhile, nobody need be woken."""
    found = {step.key: world.troubles.get(_named.number(dict(step.inputs)["alarm"])) for step in steps}
    return {key: fields(state=one.state) for key, one in found.items() if one is not None}


def call(world: World, batch: Batch) -> Called:
    """Publish, once."""
    (step,) = batch.steps
    given = dict(step.inputs)
    sns = topic.client(world.aws, batch.place)
    return Called(topic.publish(sns, given["topic"], subject=given["subject"], text=given["text"]))


def watch(_world: World, _place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """What SNS took is on its way."""
    return {one.step.key: Seen(Sight.REACHED, words("SNS took it")) for one in sent}


PAGE = Action(
    name=NAME,
    risk=Risk.CHANGE,
    replay=Replay.AT_MOST_ONCE,
    iam=("sns:Publish",),
    look=look,
    call=call,
    watch=watch,
)

VERB = Verb(
    noun="alarm",
    name="page",
    help=words("Page: tell the SNS topic of an alarm's rule, which reaches telephones and pagers."),
    args=Args,
    risk=Risk.CHANGE,
    iam=(),
    plan=plan,
    examples=("/alarm page A12 --anyway", "/alarm page A12"),
    actions=(PAGE,),
)
