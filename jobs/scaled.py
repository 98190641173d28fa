"""What an Auto Scaling group did by itself before its trouble began: by its own schedule, or by a policy.

CloudTrail records nobody's call for it.  Source: "Verify a scaling activity for an Auto Scaling group"
(Amazon EC2 Auto Scaling user guide): the cause names the scheduled action, the policy or the person.
"""

import logging
from collections.abc import Iterator
from datetime import timedelta

from aws import autoscaling_group
from aws.account import Place
from aws.errors import AwsError
from bot.flow.path import Path
from bot.trouble import Trouble
from bot.words import Words, words

IAM = ("autoscaling:DescribeScalingActivities",)
log = logging.getLogger("toban.events")
MOST = 2  # activities that are told
_LONGEST = 240  # characters of a cause


def before(path: Path, trouble: Trouble, back: timedelta) -> Iterator[Words]:
    """A sentence for each, the newest first; nothing for a trouble of no group, or where AWS says no."""
    group = trouble.names.get("group")
    if not group:
        return
    there = path.aws.autoscaling(Place(trouble.account, trouble.region))
    try:
        found = autoscaling_group.activities(there, group)
    except AwsError as error:
        log.info("no activities of %s: %s", group, error, extra={"action": "events.no-activities"})
        return
    then = [one for one in found if trouble.began - back <= one.at <= trouble.began]
    for one in then[:MOST]:
        why = (one.cause or one.what)[:_LONGEST]
        yield words("the group {group} changed at {when}: {why}", group=group, when=one.at, why=why)
