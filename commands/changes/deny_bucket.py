"""Deny one role a bucket by a statement in the bucket's policy; and the way back.

The old policy stands word for word in the way back's row, which is committed before anything is called.
toban dies before the call: nothing happened.  After it: the same call again writes the same policy, and the
way back is a row.  The way back dies anywhere: made again, it finds the statement gone or takes it out.  When
somebody else has changed the policy meanwhile, only toban's statement goes, and that is said.  S3 takes no
condition with a policy: a change of the same second, between toban's look and its writing, would be lost.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aws import bucket_policy
from aws.account import Place
from aws.bucket_policy import S3
from aws.errors import NotFound
from aws.prepared import Prepared
from bot.command import WAY_BACK, Action, Batch, Called, Replay, Risk, Seen, Sent, Sight, World
from bot.plan import Fields, Resource, Step
from bot.words import Words, words
from commands.changes import bucket_statement
from commands.reading import fields

DENY_NAME, ALLOW_NAME = "failover.deny-bucket", "failover.allow-bucket"
YES, NO = "yes", "no"


def denying(
    target: Resource,
    role: str,
    policy: str,
    *,
    needs: tuple[str, ...] = (),
    warnings: tuple[Words, ...] = (),
) -> Step:
    """Deny a role, by its ARN, everything in a bucket that has this policy now ("" for none)."""
    return Step(
        key=f"{DENY_NAME}/{target.account}/{target.region}/{target.id}",
        action=DENY_NAME,
        target=target,
        before=fields(denied=NO, policy=bucket_statement.digest(policy)),
        after=fields(denied=YES),
        inputs=fields(role=role),
        needs=needs,
        warnings=warnings,
    )


def allowing(denied: Step, policy: str, lasts: timedelta) -> Step:
    """The way back, after so long: the policy as it was, word for word."""
    target = denied.target
    return Step(
        key=f"{ALLOW_NAME}/{target.account}/{target.region}/{target.id}",
        action=ALLOW_NAME,
        target=target,
        before=fields(denied=YES),
        after=fields(denied=NO),
        inputs=fields(policy=policy, role=dict(denied.inputs)["role"]),
        follows=(denied.key,),
        undoes=denied.key,
        after_a_while=lasts,
    )


def prepared(world: World, back: Step) -> Prepared:
    """The way back's call, for AWS to make: it writes the old policy, whatever others wrote meanwhile."""
    bucket = {"Bucket": back.target.id, "ExpectedBucketOwner": world.aws.config(back.target.account).id}
    if policy := dict(back.inputs)["policy"]:
        return Prepared("s3", "PutBucketPolicy", {**bucket, "Policy": policy})
    return Prepared("s3", "DeleteBucketPolicy", bucket)


def clearing(target: Resource, role: str) -> Step:
    """Take toban's statement for a role out of a bucket's policy, whatever else is in it."""
    return Step(
        key=f"{ALLOW_NAME}/{target.account}/{target.region}/{target.id}",
        action=ALLOW_NAME,
        target=target,
        before=fields(denied=YES),
        after=fields(denied=NO),
        inputs=fields(policy="", role=role),
    )


# -- both as actions -----------------------------------------------------------------------------------


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether each role is denied its bucket by toban, and what the policy says."""
    return {
        step.key: _fields(step, now) for step in steps if (now := _policy(world, place, step)) is not None
    }


def _policy(world: World, place: Place, step: Step) -> str | None:
    """The policy of a step's bucket now; None: there is no bucket any more.  Raises AwsError."""
    try:
        return bucket_policy.policy(*_bucket(world, place, step))
    except NotFound:
        return None


def _bucket(world: World, place: Place, step: Step) -> tuple[S3, str, str]:
    return bucket_policy.client(world.aws, place), step.target.id, world.aws.config(place.account).id


def _fields(step: Step, now: str) -> Fields:
    is_denied = bucket_statement.denies(now, dict(step.inputs)["role"])
    return fields(denied=YES if is_denied else NO, policy=bucket_statement.digest(now))


def deny(world: World, batch: Batch) -> Called:
    """PutBucketPolicy with what it says now and one statement more."""
    (step,) = batch.steps
    where = _bucket(world, batch.place, step)
    role = dict(step.inputs)["role"]
    text = bucket_statement.denying(bucket_policy.policy(*where), step.target.id, role, batch.operation)
    return Called(bucket_policy.put_policy(*where, text))


def allow(world: World, batch: Batch) -> Called:
    """PutBucketPolicy with the old text, or with what others have made of it, without toban's statement."""
    (step,) = batch.steps
    where, more = _bucket(world, batch.place, step), dict(step.inputs)
    now = bucket_policy.policy(*where)
    if not bucket_statement.denies(now, more["role"]):
        return Called("")
    rest = bucket_statement.without(now, more["role"])
    is_theirs = bucket_statement.digest(rest) != bucket_statement.digest(more["policy"])
    return Called(bucket_policy.put_policy(*where, rest if is_theirs else more["policy"]))


def watch(world: World, place: Place, sent: Sequence[Sent]) -> Mapping[str, Seen]:
    """It is so when S3 shows the policy so."""
    shown = {one.step.key: (one.step, _policy(world, place, one.step)) for one in sent}
    return {key: _seen(step, now) for key, (step, now) in shown.items() if now is not None}


def _seen(step: Step, now: str) -> Seen:
    more = dict(step.inputs)
    is_denied = bucket_statement.denies(now, more["role"])
    if step.action == DENY_NAME:
        said = words("its policy denies {role} everything", role=more["role"])
        missing = Seen(Sight.COMING, words("its policy does not show toban's statement"))
        return Seen(Sight.REACHED, said) if is_denied else missing
    if is_denied:
        return Seen(Sight.COMING, words("its policy still shows toban's statement"))
    if bucket_statement.digest(now) == bucket_statement.digest(more["policy"]):
        return Seen(Sight.REACHED, words("its policy is what it was"))
    if not step.undoes:
        return Seen(Sight.REACHED, words("toban's statement was taken out of its policy"))
    return Seen(
        Sight.REACHED,
        words("somebody else has changed its policy meanwhile: only toban's statement was taken out"),
    )


DENY = Action(
    name=DENY_NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=("s3:GetBucketPolicy", "s3:PutBucketPolicy"),
    look=look,
    call=deny,
    watch=watch,
    every=timedelta(seconds=2),
    within=timedelta(minutes=1),
)
ALLOW = Action(
    name=ALLOW_NAME,
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=("s3:DeleteBucketPolicy", "s3:GetBucketPolicy", "s3:PutBucketPolicy"),
    look=look,
    call=allow,
    watch=watch,
    every=timedelta(seconds=2),
    within=WAY_BACK,
    whatever_happens=True,
)
