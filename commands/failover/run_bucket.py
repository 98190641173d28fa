"""A failure test: one role is denied a bucket of S3."""

from dataclasses import dataclass

from bot.arguments import Kind, arg
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.words import words
from commands.failover import _bucket, _drill
from commands.failover._options import Options


@dataclass(frozen=True, slots=True, kw_only=True)
class Args(Options):
    """What /failover run bucket is told."""

    bucket: str = arg(Kind.WORD, words("which bucket, by its name"), option=False, required=True)
    role: str = arg(Kind.WORD, words("the role that is denied it, by its name or ARN"), required=True)


def plan(args: Args, world: World) -> Plan:
    """One role is denied one bucket for a while, in a drill."""
    one = _bucket.find(world, args.bucket, args)
    block = _bucket.block(world, one, args.role, args.for_)
    summary = words("a failure test: deny {role} the bucket {bucket}", role=args.role, bucket=one.name)
    return _drill.assemble(world, one.place, args, "bucket", one.name, summary, block)


VERB = Verb(
    noun="failover",
    name="run-bucket",
    help=words("Test a failure: one role is denied a bucket of S3, and its policy is put back."),
    args=Args,
    risk=Risk.CHANGE,
    iam=(*_drill.READS, *_bucket.READS),
    plan=plan,
    examples=("/failover run bucket shop-files --probe shop --role shop-web",),
    actions=(*_drill.ACTIONS, *_bucket.ACTIONS),
)
