"""Run a document of Systems Manager on instances, and show what it printed and returned."""

from dataclasses import dataclass
from datetime import timedelta

from aws.account import Place
from aws.document import Document
from bot.arguments import Kind, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Plan, Resource
from bot.targets import Targets
from bot.words import Words, plural, words
from commands import reach as reachable
from commands.changes import run_command
from commands.changes.run_command import DOCUMENT, Work
from commands.reading import accounts_arg, everywhere, regions_arg
from commands.redaction import refuse_secrets
from commands.run import _document
from commands.run._args import must_be_seen, on_arg, within_arg
from commands.run._told import tell

LIMIT = "executionTimeout"
"""The parameter by which AWS's own documents take a time limit, in seconds."""


@dataclass(frozen=True, slots=True)
class Args:
    """What /run document is told."""

    name: str = arg(Kind.WORD, words("the name of the document, or its ARN"), option=False, required=True)
    on: Targets = on_arg()
    parameters: tuple[str, ...] = arg(
        Kind.WORD, words("its parameters, as name=value"), default=(), many=True, spreads=True
    )
    within: timedelta = within_arg()
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()

    def __post_init__(self) -> None:
        """Raises UsageError for a secret, and for what cannot be seen, before the line is stored anywhere."""
        must_be_seen(self.name, *self.parameters)
        for each in self.parameters:
            refuse_secrets(each)
        _document.given(self.parameters)


def plan(args: Args, world: World) -> Plan:
    """One step for each instance that it can reach, once the parameters fit what the document declares."""
    given = _document.given(args.parameters)
    reach = reachable.find(world, args.on, args.account, args.region)
    found = everywhere(reach.places(), lambda place: [_document.find(world, place, args.name)])
    documents = dict(found)
    for each in documents.values():
        _document.must_fit(each, given)
    reach = reachable.split(reach, _without(reach, documents))
    work = {place: _work(args, each, given) for place, each in documents.items()}
    return Plan(
        plural(
            "run the document {name} on {count} of {n} instance",
            "run the document {name} on {count} of {n} instances",
            reach.meant,
            name=args.name,
            count=len(reach.there),
        ),
        tuple(run_command.step(DOCUMENT.name, target, work[target.place]) for target, _ in reach.there),
        reach.left,
        (*reach.unread, *found.unread),
        notes=tuple(dict.fromkeys(_which(each) for each in documents.values())),
    )


def _which(document: Document) -> Words:
    """Which one it is: who agrees to it agrees to this version."""
    return words(
        "{document} runs in version {version}, written by {owner}.",
        document=document.name,
        version=document.version,
        owner=document.owner,
    )


def _without(reach: reachable.Reach, documents: dict[Place, Document]) -> dict[Resource, Words]:
    """Those on which it cannot be run, and why."""
    found: dict[Resource, Words] = {}
    for target, its in reach.there:
        its_document = documents.get(target.place)
        if its_document is None:
            found[target] = words("the document could not be read there")
        elif its_document.platforms and its.platform not in its_document.platforms:
            found[target] = words(
                "it runs {platform}, and the document is for {platforms}",
                platform=its.platform,
                platforms=", ".join(its_document.platforms),
            )
    return found


def _work(args: Args, document: Document, given: _document.Given) -> Work:
    """The parameters with the time limit, where the document takes one and nobody gave another.

    The document is named as it was asked for: one that another account shares is known by its ARN only.
    """
    limited = {one.name for one in document.parameters} & {LIMIT} - given.keys()
    limit = {name: [str(int(args.within.total_seconds()))] for name in limited}
    return Work(args.name, {**given, **limit}, args.within, document.version)


VERB = Verb(
    noun="run",
    name="document",
    help=words("Run a document of Systems Manager on instances, and show what it printed and returned."),
    args=Args,
    risk=Risk.DESTROY,
    iam=(*reachable.IAM, *_document.IAM),
    plan=plan,
    examples=(
        "/run document AWS-UpdateSSMAgent --on tag:env=dev",
        "/run document AWS-RunPatchBaseline --on tag:env=dev --parameters Operation=Scan --within 1h",
    ),
    actions=(DOCUMENT,),
    tell=tell,
)
