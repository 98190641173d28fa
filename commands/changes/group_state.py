"""How far an Auto Scaling group is on its way to its size, and what kept it from it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from aws import autoscaling_group
from aws.account import Place
from aws.autoscaling_group import Activity, Group
from bot.command import Seen, Sight, World
from bot.words import Words, words

LATELY = timedelta(hours=1)  # an older failure is another story's


def seen(one: Group, desired: int) -> Seen:
    """It is there when exactly as many as desired are in service and healthy.  Pure."""
    if one.desired != desired:
        return Seen(
            Sight.FAILED,
            words(
                "something else set it to {now} meanwhile: a scaling policy, or a person",
                now=str(one.desired),
            ),
        )
    shows = words(
        "{serving} of {desired} in service and healthy", serving=str(one.serving), desired=str(desired)
    )
    return Seen(Sight.REACHED if one.serving == desired else Sight.COMING, shows)


def explain(world: World, place: Place, names: Mapping[str, str]) -> Mapping[str, Words]:
    """What each of these groups tried in vain lately, in AWS's words, by its key.  Raises AwsError."""
    asked, since = world.aws.autoscaling(place), world.now - LATELY
    reasons = {key: why(autoscaling_group.activities(asked, name), since) for key, name in names.items()}
    return {key: reason for key, reason in reasons.items() if reason is not None}


def why(activities: Sequence[Activity], since: datetime) -> Words | None:
    """AWS's messages about what did not succeed since then, each once; None when there are none.  Pure."""
    vain = [one for one in activities if one.why and one.state != "Successful" and one.at >= since]
    said = tuple(dict.fromkeys(one.why.rstrip(".") for one in vain))
    return words("Auto Scaling says: {messages}", messages=" / ".join(said[:3])) if said else None
