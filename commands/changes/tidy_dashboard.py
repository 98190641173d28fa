"""Take metrics of instances that are gone out of CloudWatch dashboards.

That is no destruction: whoever wants a dashboard back finds its whole body in the step.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from aws import dashboard
from aws.account import Place
from aws.errors import NotFound, Refused
from aws.said import Said
from bot.command import Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Left, Resource, Step
from bot.words import Words, words
from commands.changes.dashboard_body import Gone, Without, meant, without
from commands.reading import fields

NAME = "alarm.tidy-dashboard"
READS = ("cloudwatch:GetDashboard", "cloudwatch:ListDashboards")
LONGEST = 200_000  # characters of a body that are kept


@dataclass(frozen=True, slots=True)
class Dashboard:
    """A dashboard as it was read."""

    name: str
    body: str


def naming(world: World, place: Place, ids: Collection[str]) -> tuple[Dashboard, ...]:
    """The account's dashboards in which one of these ids stands somewhere.  Raises AwsError."""
    cloudwatch = dashboard.client(world.aws, place)
    found = []
    for name in dashboard.names(cloudwatch):
        try:
            body = dashboard.body(cloudwatch, name)
        except NotFound:  # deleted since it was listed
            continue
        if any(id_ in body for id_ in ids):
            found.append(Dashboard(name, body))
    return tuple(found)


def planned(place: Place, one: Dashboard, gone: Gone) -> Iterator[Step | Left | Words]:
    """What is to be done with a dashboard, and what is to be said of it."""
    tidied = without(one.body, gone)
    yield from (_counted(one.name, title) for title in tidied.counted)
    target = Resource(place.account, place.region, "dashboard", one.name)
    if tidied.metrics and len(one.body) > LONGEST:
        yield Left(target, words("it is too long to be kept, so nobody could put it back"))
    elif tidied.metrics:
        yield _step(target, one, gone, tidied)
        if not tidied.shown:
            yield words("the dashboard {name} is empty afterwards; it stays", name=one.name)


def _counted(name: str, title: str) -> Words:
    return words(
        "the dashboard {name}: an expression counts with a metric of an instance that is gone, so the widget"
        " {title} stays as it is",
        name=name,
        title=title,
    )


def _step(target: Resource, one: Dashboard, gone: Gone, tidied: Without) -> Step:
    return Step(
        key=f"{NAME}/{target.account}/{one.name}",
        action=NAME,
        target=target,
        before=_shown(one.body),
        after=_shown(tidied.body),
        inputs=fields(
            number=gone.account,
            definition=one.body,
            gone=" ".join(sorted(gone.ids)),
            regions=" ".join(sorted(gone.regions)),
        ),
        about=min(id_ for id_ in gone.ids if id_ in one.body),
    )


def _shown(body: str) -> Fields:
    """How many widgets it has, and a digest of what it means, however that is spaced and ordered."""
    widgets, plain = meant(body)
    return fields(widgets=str(widgets), digest=hashlib.sha256(plain.encode()).hexdigest()[:16])


# -- the change as an action ---------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """What each holds now; one that somebody has changed meanwhile stays."""
    shows = {}
    for one in steps:
        try:
            body = dashboard.body(dashboard.client(world.aws, place), one.target.id)
        except NotFound:
            continue
        shows[one.key] = _shown(body)
    return shows


def call(world: World, batch: Batch) -> Called:
    """PutDashboard, unless it was changed in the moment before.  Raises Refused then."""
    (one,) = batch.steps
    kept = dict(one.inputs)
    cloudwatch = dashboard.client(world.aws, batch.place)
    if _shown(dashboard.body(cloudwatch, one.target.id)) not in (one.before, one.after):
        raise Refused(
            f"writing the dashboard {one.target.id}", Said("it was changed meanwhile", service="cloudwatch")
        )
    gone = Gone(frozenset(kept["gone"].split()), frozenset(kept["regions"].split()), kept["number"])
    return Called(dashboard.put(cloudwatch, one.target.id, without(kept["definition"], gone).body))


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is so once CloudWatch answers with what was put."""
    shows = look(world, place, [one.step for one in sent])
    tidy = Seen(Sight.REACHED, words("the dashboard no longer shows them"))
    coming = Seen(Sight.COMING, words("the dashboard still shows them"))
    return {one.step.key: tidy if shows.get(one.step.key) == one.step.after else coming for one in sent}


TIDY_DASHBOARD = Action(
    name=NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=("cloudwatch:GetDashboard", "cloudwatch:PutDashboard"),
    look=look,
    call=call,
    watch=watch,
    every=timedelta(seconds=3),
    within=timedelta(minutes=2),
)
