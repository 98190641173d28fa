"""Measure how mail stands with SES: the numbers become metrics of CloudWatch, for graphs and alarms."""

from dataclasses import dataclass

from aws import sending
from aws.account import Place
from bot.command import Risk, Verb, World
from bot.plan import Left, Plan, Resource
from bot.words import plural, words
from commands.changes import put_numbers
from commands.reading import accounts_arg, regions_arg
from commands.ses import _standing
from commands.ses._standing import Standing

NAME = "ses.measure"
NAMESPACE = "toban/SES"
MEASURE = put_numbers.action(NAME)


@dataclass(frozen=True, slots=True)
class Args:
    """What /ses measure is told."""

    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()


def plan(args: Args, world: World) -> Plan:
    """One step for each place that sends."""
    found = _standing.read(world, args.account, args.region)
    steps = tuple(
        put_numbers.step(NAME, place, NAMESPACE, values(one)) for place, one in found if one.is_used
    )
    left = tuple(
        Left(_metric(place), words("nothing is sent there")) for place, one in found if not one.is_used
    )
    summary = plural("measure the mail of {n} place", "measure the mail of {n} places", len(steps))
    return Plan(summary, steps, left, found.unread)


def values(one: Standing) -> dict[str, float]:
    """What is measured, by the names of the metrics; rates and shares in percent."""
    known = {
        "Sent": one.sending.sent,
        "Quota": max(one.sending.quota, 0.0),
        "QuotaUsed": None if one.sending.used is None else round(one.sending.used * 100, 3),
        "BounceRate": None if one.bounces is None else round(one.bounces * 100, 4),
        "ComplaintRate": None if one.complaints is None else round(one.complaints * 100, 4),
        "Healthy": float(one.sending.enforcement == sending.HEALTHY and one.sending.enabled),
    }
    return {name: value for name, value in known.items() if value is not None}


def _metric(place: Place) -> Resource:
    return Resource(place.account, place.region, "metric", NAMESPACE)


VERB = Verb(
    noun="ses",
    name="measure",
    help=words("Measure how mail stands with SES: the numbers become metrics of CloudWatch."),
    args=Args,
    risk=Risk.CHANGE,
    iam=sending.IAM,
    plan=plan,
    examples=("/ses measure", "/ses measure --account prod"),
    actions=(MEASURE,),
)
