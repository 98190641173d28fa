"""How healthy the targets of a load balancer are, as marks: ELB has no events, so changes are looked for.

What was said last of a target stands in its newest mark, so a restart goes on from there; a target of which
nothing was said yet was healthy.  A change is seen at the look behind it, some seconds late at most.
"""

from collections.abc import Iterator, Mapping

from aws import target_group
from aws.account import Place
from aws.target_group import Target
from bot.drill import Drill, Mark, Source, Watched
from bot.flow.path import Path
from bot.store import marks
from bot.words import Words, words

HEALTHY = "healthy"


def changes(path: Path, drill: Drill, one: Watched) -> Iterator[Mark]:
    """A mark for each target whose health is another one than was said last.  Raises AwsError."""
    group = one.id.split("/")[1] if "/" in one.id else one.id
    found = target_group.targets(path.aws.elbv2(Place(one.account, one.region)), one.id)
    last = _last(path, drill, f"elb/{group}/")
    for target in found:
        key = f"elb/{group}/{target.id}:{target.port}"
        if target.state != last.get(key, HEALTHY):
            at = path.now()
            yield Mark(at, Source.AWS, _said(group, target), f"{key}/{at.isoformat()}/{target.state}"[:200])


def _last(path: Path, drill: Drill, prefix: str) -> Mapping[str, str]:
    """The state that was said last of each target."""
    noted = path.db.read(lambda tx: marks.of(tx, drill.number))
    parts = (one.key.rsplit("/", 2) for one in noted if one.key.startswith(prefix))
    return {key: state for key, _, state in parts}


def _said(group: str, target: Target) -> Words:
    known = {"id": group, "target": target.id, "state": target.state}
    if not target.reason:
        return words("{id}: {target} is {state}", **known)
    return words("{id}: {target} is {state} ({reason})", **known, reason=target.reason)
