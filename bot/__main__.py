"""The console script: entry points that only call."""

import gc
import json
import logging
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.mending import leave, or_say
from bot.process import crashed, ends, for_long

if TYPE_CHECKING:  # a third of a second that `toban --help` need not cost
    from bot.settings import Settings


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """toban, the one on duty: AWS upkeep from Slack."""
    sys.excepthook = crashed


@main.command()
@click.option(
    "--role",
    type=click.Choice(["all", "front", "worker"]),
    default="all",
    show_default=True,
    help="front: only Slack's door; worker: all else.  Both need a PostgreSQL.",
)
def run(role: str) -> None:
    """Run the bot until SIGTERM or Ctrl-C."""
    gc.disable()  # until all is there: what a start makes stays, and looking through it takes a tenth of it
    from bot import logs, settings  # noqa: PLC0415 - after that
    from bot.role import Role  # noqa: PLC0415
    from bot.wiring import Bot  # noqa: PLC0415

    logs.begin(os.environ.get("TOBAN_LOG", "INFO"), os.environ)
    part = Role(role)
    bot = or_say(lambda: Bot(settings.load(os.environ, part), role=part))
    until_it_ends = ends()
    for_long()
    bot.start()
    until_it_ends()
    logging.getLogger("toban").info("stopping", extra={"action": "stopping"})
    bot.stop()


@main.command()
@click.option("--port", default=0, show_default="any free one", help="Of the local workspace's page.")
def play(port: int) -> None:
    """Start the playground: a local Slack, a local AWS, and the real bot."""
    from playground.__main__ import play as begin  # noqa: PLC0415 - needs the extra `play`

    begin(port)


@main.command()
@click.argument("line")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--person", default="", help="The Slack user id to plan for.")
def plan(line: str, as_json: bool, person: str) -> None:
    """Show what LINE would do; reads AWS, changes nothing."""
    from bot import cli  # noqa: PLC0415 - half a second that `toban --help` need not cost

    click.echo(or_say(lambda: cli.plan(_settings(), line, person, as_json=as_json)), nl=False)


@main.group()
def audit() -> None:
    """Search, export and verify the audit log."""


@audit.command()
@click.option("--person", default="", help="Slack user id.")
@click.option("--resource", default="", help="Such as i-0123456789abcdef0.")
@click.option("--operation", type=int, default=None)
@click.option("--since", type=click.DateTime(), default=None, help="In UTC.")
@click.option("--until", type=click.DateTime(), default=None, help="In UTC.")
@click.option("--outcome", default="")
@click.option("--limit", default=50, show_default=True)
def search(
    person: str,
    resource: str,
    operation: int | None,
    since: datetime | None,
    until: datetime | None,
    outcome: str,
    limit: int,
) -> None:
    """Print the newest lines that fit, newest first, as JSON lines."""
    from bot import cli  # noqa: PLC0415 - half a second that `toban --help` need not cost

    query = cli.query(person, resource, operation, since, until, outcome, limit)
    for text in or_say(lambda: cli.search(_settings(), query)):
        click.echo(text)


@audit.command()
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True)
def export(form: str) -> None:
    """Print the whole log, oldest first."""
    from bot import cli  # noqa: PLC0415 - half a second that `toban --help` need not cost

    def say() -> None:  # a piece at a time: the log may be longer than what there is of memory
        for text in cli.export(_settings(), form):
            click.echo(text, nl=False)

    or_say(say)


@audit.command()
def verify() -> None:
    """Compute every seal anew and compare it with the log and the anchors; exits 1 at a break."""
    from bot import cli  # noqa: PLC0415 - half a second that `toban --help` need not cost

    whole, text = or_say(lambda: cli.verify(_settings()))
    click.echo(text)
    sys.exit(0 if whole else 1)


@main.group()
def db() -> None:
    """Copy the state, carry it to another database, look through it."""


@db.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Copy the SQLite database to FILE, beside a bot that runs, and verify the copy."""
    from bot.keeping import console  # noqa: PLC0415 - half a second that `toban --help` need not cost

    click.echo(or_say(lambda: console.backup(_settings(), os.environ, file)))


@db.command()
@click.argument("here", metavar="FROM")
@click.argument("there", metavar="TO")
def copy(here: str, there: str) -> None:
    """Carry everything from the database at FROM to the empty one at TO; both as in TOBAN_DATABASE_URL.

    No toban may run on them meanwhile.  A password is better given by PGPASSWORD or a .pgpass file.
    """
    from bot.keeping import console  # noqa: PLC0415 - as above

    click.echo(or_say(lambda: console.copy(os.environ, here, there)))


@db.command()
def check() -> None:
    """Look through all of the database and its audit log; exits 1 at a break, 2 at damage."""
    from bot.keeping import console  # noqa: PLC0415 - as above

    whole, text = or_say(lambda: console.check(_settings(), os.environ))
    click.echo(text)
    sys.exit(0 if whole else 1)


@main.command("import-uzresk")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--count-existing", is_flag=True, help="What the functions made counts as generations.")
@click.option("--time", default="01:00", show_default=True, help="When the schedules run.")
@click.option("--channel", default="", help="The id of the channel where they report.")
@click.option("--owner", default="", help="The Slack user id with whose rights they run.")
def import_uzresk(file: Path, count_existing: bool, time: str, channel: str, owner: str) -> None:
    """Print schedules for the JSON inputs of backup Lambda functions in FILE; exits 1 at a mistake in it."""
    from bot.config import former  # noqa: PLC0415 - only this needs it

    try:
        inputs = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        leave([f"{file.name} cannot be read: {error}"])
    imported = former.read(inputs, count_existing=count_existing)
    click.echo(former.toml(imported, time=time, channel=channel, owner=owner), nl=False)
    for mistake in imported.mistakes:
        click.echo(mistake, err=True)
    sys.exit(1 if imported.mistakes else 0)


@main.command("iam-policy")
@click.option("--verbs", multiple=True, help="Only for these: noun or noun.verb; all without it.")
@click.option("--account", "accounts", multiple=True, help="Only of this account of the config.")
@click.option("--tag", "tags", multiple=True, metavar="KEY=VALUE", help="What people own only with this tag.")
@click.option("--key", "keys", multiple=True, metavar="ARN", help="A KMS key of disks that are encrypted.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="A folder for a file each.")
@click.option("--trust", is_flag=True, help="Who may take the roles, instead of what they may do.")
@click.option("--principal", default="", metavar="ARN", help="toban's own role, if this does not run as it.")
def iam_policy(
    verbs: tuple[str, ...],
    accounts: tuple[str, ...],
    tags: tuple[str, ...],
    keys: tuple[str, ...],
    out: Path | None,
    trust: bool,
    principal: str,
) -> None:
    """Print the least IAM policy of each role for the verbs that are used, or the trust policies."""
    from bot.iam import asked  # noqa: PLC0415 - loads every verb

    wish = asked.Wish(verbs, accounts, tags, keys)
    papers = or_say(
        lambda: asked.trusts(_settings(), wish, principal) if trust else asked.policies(_settings(), wish)
    )
    for note in papers.notes:
        click.echo(note, err=True)
    click.echo("\n".join(papers.write(out)) if out else papers.text(), nl=out is not None)


@main.command()
@click.option("--url", help="Where Slack posts to; without it as the config file says, or Socket Mode.")
def manifest(url: str | None) -> None:
    """Print the Slack app manifest of the commands that exist."""
    import commands  # noqa: PLC0415 - loads every verb
    from bot.first_time.address import address  # noqa: PLC0415
    from bot.slack.manifest import manifest as made  # noqa: PLC0415

    found = or_say(lambda: address(os.environ, url))
    click.echo(json.dumps(made(commands.load(), found), indent=2, ensure_ascii=False))


@main.command()
@click.option("--out", default="deploy", show_default=True, type=click.Path(file_okay=False, path_type=Path))
@click.option("--home", default="", metavar="ACCOUNT", help="The account in which toban itself runs.")
@click.option("--verbs", multiple=True, help="Only for these: noun or noun.verb; all without it.")
@click.option("--tag", "tags", multiple=True, metavar="KEY=VALUE", help="What people own only with this tag.")
@click.option("--key", "keys", multiple=True, metavar="ARN", help="A KMS key of disks that are encrypted.")
def deployment(
    out: Path, home: str, verbs: tuple[str, ...], tags: tuple[str, ...], keys: tuple[str, ...]
) -> None:
    """Write the deployment files of the config: CloudFormation templates, and the image's Dockerfile."""
    from bot.deployment import files  # noqa: PLC0415 - loads every verb
    from bot.iam.asked import Wish  # noqa: PLC0415

    made = or_say(lambda: files.files(_settings(), Wish(verbs, (), tags, keys), home))
    for path in made.write(out, over=True):
        click.echo(path)
    for note in made.notes:
        click.echo(note, err=True)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--fix", is_flag=True, help="Mend first what is safe: folder, migrations, public channels.")
def doctor(as_json: bool, fix: bool) -> None:
    """Look whether Slack, AWS, the database and the policy are set up; exits 1 when something is not."""
    from bot.doctor import examine, report  # noqa: PLC0415 - as above

    logging.getLogger().addHandler(logging.NullHandler())  # else libraries print traces of what is a finding
    found = examine.examine(os.environ, fix=fix)
    told = report.as_json if as_json else report.text
    click.echo(told(found.findings, found.mended), nl=False)
    sys.exit(0 if report.is_healthy(found.findings) else 1)


@main.command()
@click.option("--zone", help="The team's time zone, such as Asia/Tokyo.")
@click.option("--language", type=click.Choice(["en", "ja"]), help="Of its channels.")
@click.option("--account", "accounts", multiple=True, metavar="NAME=ID", help="Each AWS account.")
@click.option("--region", "regions", multiple=True, help="Each region, of all accounts.")
@click.option("--role", help="The role's name in each account; - for none.")
@click.option("--external-id", help="What the roles' trust asks for; a random one without it.")
@click.option("--channel", "channels", multiple=True, metavar="C…", help="Each channel's id.")
@click.option("--operator", "operators", multiple=True, metavar="U…|S…", help="Who may ask for changes.")
@click.option("--approver", "approvers", multiple=True, metavar="U…|S…", help="Who else may agree to them.")
@click.option("--home", metavar="NAME", help="The account in which toban itself runs; - for none.")
@click.option("--url", metavar="https://…", help="Where Slack posts to; without it Socket Mode.")
@click.option("--yes", is_flag=True, help="Ask nothing; what no flag says is as usual.")
def init(yes: bool, **flags: Any) -> None:
    """Write a first config file, overwriting nothing, and say what is left to do until toban runs."""
    from bot.first_time import begin, questions  # noqa: PLC0415 - as above

    logging.getLogger().addHandler(logging.NullHandler())  # as for the doctor
    begin.begin(os.environ, questions.Flags(**flags), ask=not yes, say=click.echo)


def _settings() -> "Settings":
    from bot.settings import load_without_slack  # noqa: PLC0415 - as above

    return load_without_slack(os.environ)


if __name__ == "__main__":
    main()
