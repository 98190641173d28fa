"""A zone cut off, as a block of a drill: its subnets, every group that launches there, the load balancers.

First the groups are made to stay away from the zone, then its subnets are cut, then what needs a cut zone
comes: shifts, and whatever else is handed in. The ways back depend on nothing that was cut: they are calls
of AWS's own interfaces, each at its own moment; only AZRebalance waits for its group's subnets, and the ACL
for the subnets.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from aws.autoscaling_group import Group
from aws.balancer import Balancer
from bot.arguments import UsageError
from bot.command import World
from bot.drill import Watched
from bot.plan import Fields, Left
from bot.words import Words, words
from commands import balancers
from commands.changes import cut_subnet, make_deny_acl, narrow_group, shift_zone, suspend_rebalance
from commands.changes.cut_subnet import CUT, RESTORE
from commands.changes.make_deny_acl import DELETE_DENY_ACL, MAKE_DENY_ACL, is_one
from commands.changes.narrow_group import NARROW, WIDEN
from commands.changes.shift_zone import CANCEL_SHIFT, SHIFT
from commands.changes.suspend_rebalance import RESUME, SUSPEND
from commands.failover import _zone_found, _zone_said
from commands.failover._block import Block, joined
from commands.failover._zone_found import Found
from commands.failover._zone_where import Where

IAM = _zone_found.IAM
ACTIONS = (
    SUSPEND,
    NARROW,
    MAKE_DENY_ACL,
    CUT,
    SHIFT,
    RESTORE,
    WIDEN,
    RESUME,
    CANCEL_SHIFT,
    DELETE_DENY_ACL,
)


def block(
    world: World,
    where: Where,
    *,
    lasts: timedelta,
    anyway: bool = False,
    extra: Sequence[Block] = (),
) -> Block:
    """Cut a zone off for so long; faults of `extra`, such as failovers, follow once it is cut.

    Raises UsageError when a group would have no subnet left, unless it is to be done `anyway`; AwsError.
    """
    found = _zone_found.read(world, where)
    stuck = tuple(one for one in found.groups if not narrow_group.may_be(one, found.cut))
    if stuck and not anyway:
        raise UsageError(_zone_said.stuck(found, stuck))
    groups = joined(_group(found, one, lasts) for one in found.groups if one not in stuck)
    subnets = _subnets(found, lasts, needs=_keys(groups))
    if not subnets.steps:
        return Block((), left=subnets.left)
    cut = _keys(subnets, cut_subnet.CUT_NAME)
    shifts = _shifts(found, lasts, needs=cut)
    more = joined(_after(one, cut) for one in extra)
    whole = joined((groups, subnets, shifts, more))
    return replace(
        whole,
        left=(*(_left_alone(found, one) for one in stuck), *whole.left),
        notes=(*_zone_said.notes(found, whole.steps, lasts), *whole.notes),
    )


def _keys(one: Block, action: str = "") -> tuple[str, ...]:
    """The faults of a block, all or those of one action, by their keys."""
    return tuple(step.key for step in one.steps if not step.undoes and action in ("", step.action))


def _after(one: Block, cut: tuple[str, ...]) -> Block:
    """The same, its faults once the zone is cut."""
    steps = (step if step.undoes else replace(step, needs=(*cut, *step.needs)) for step in one.steps)
    return replace(one, steps=tuple(steps))


# -- the groups ----------------------------------------------------------------------------------------


def _group(found: Found, one: Group, lasts: timedelta) -> Block:
    """It launches nothing in the zone, moves nothing out of it, and afterwards is as it was."""
    place, moves = found.where.place, suspend_rebalance.is_active(one)
    suspended = [suspend_rebalance.suspending(place, one)] if moves else []
    narrowed = narrow_group.narrowing(
        place,
        one,
        found.cut,
        needs=tuple(each.key for each in suspended),
        warnings=_zone_said.replaced(found, one),
    )
    widened = narrow_group.widening(narrowed, lasts)
    resumed = [suspend_rebalance.resuming(each, follows=widened) for each in suspended]
    seen = [("group", one.name), *(("targets", arn) for arn in one.target_groups)]
    watched = tuple(Watched(place.account, place.region, kind, id_) for kind, id_ in seen)
    return Block((*suspended, narrowed, widened, *resumed), watched, replaced=found.instances_of(one))


def _left_alone(found: Found, one: Group) -> Left:
    why = words("it launches in {zone} only, and cannot be narrowed", zone=found.where.zone)
    return Left(narrow_group.resource(found.where.place, one), why)


# -- the subnets ---------------------------------------------------------------------------------------


def _subnets(found: Found, lasts: timedelta, *, needs: tuple[str, ...]) -> Block:
    """Each under an ACL that denies everything, which is made for it and deleted behind it."""
    where = found.where
    whole = [one for one in where.subnets if one.id in found.acls and not is_one(found.acls[one.id])]
    left = tuple(
        Left(cut_subnet.resource(where.place, one), words("it is cut off already"))
        for one in where.subnets
        if one not in whole
    )
    if not whole:
        return Block((), left=left)
    made = make_deny_acl.making(
        where.place, where.vpc_id, where.zone, tags=_common([one.tags.pairs for one in whole])
    )
    cuts = [cut_subnet.cutting(where.place, one, found.acls[one.id], made=made, needs=needs) for one in whole]
    back = [cut_subnet.restoring(one, lasts) for one in cuts]
    return Block((made, *cuts, *back, make_deny_acl.deleting(made, back)), left=left)


def _common(tags: Sequence[Fields]) -> Fields:
    """The tags that every subnet has: what holds for them holds for their ACL.  Pure."""
    return tuple(sorted(set.intersection(*map(set, tags))))


# -- the load balancers --------------------------------------------------------------------------------


def _shifts(found: Found, lasts: timedelta, *, needs: tuple[str, ...]) -> Block:
    """Their traffic goes to the other zones, where ARC offers that."""
    return joined(_shift(found, one, lasts, needs) for one in found.balancers)


def _shift(found: Found, one: Balancer, lasts: timedelta, needs: tuple[str, ...]) -> Block:
    where = found.where
    if why := _why_not(found, one):
        return Block((), left=(Left(balancers.resource(where.place, one), why),))
    shifted = shift_zone.shifting(where.place, one, where.zone_id, lasts=lasts, needs=needs)
    return Block((shifted, shift_zone.cancelling(shifted, lasts)))


def _why_not(found: Found, one: Balancer) -> Words | None:
    """Why its traffic is not shifted; None: it is."""
    if found.unasked is not None:
        return words("whether it can be shifted is not known: {why}", why=found.unasked)
    there = found.shiftable.get(one.arn)
    if there is None:
        return words("it is not opted in to zonal shift (zonal_shift.config.enabled)")
    if there.shifts:
        return words("its traffic is shifted away from {zone} already", zone=there.shifts[0].away_from)
    if found.where.zone_id not in there.zone_ids:
        return words("it is not in {zone}", zone=found.where.zone)
    return None
