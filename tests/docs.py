"""The parts of the documentation that the code knows better: ``python -m tests.docs`` writes them anew."""

import json
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import commands
from bot import verbs
from bot.deployment.files import files
from bot.iam.asked import Wish
from bot.language import Languages
from bot.settings import load_without_slack
from jobs import third_door

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "docs" / "deploy"
HEADS = {"en": ("command", "what it does"), "ja": ("コマンド", "何をするか")}
EVENTS, SAMPLES = ROOT / "tests" / "jobs" / "events", ROOT / "commands" / "alarm" / "samples"
PAGES = {"README.md": "en", "README.ja.md": "ja"}


PASS = "iam:PassRole"
PASSED_TO = [f"{name}.amazonaws.com" for name in ("ec2", "lambda", "scheduler", "synthetics")]
ONLY_TO_THESE = {"StringEquals": {"iam:PassedToService": PASSED_TO}}
"""For the instance profiles of what is made, the timers that AWS holds, and canaries ("Required roles and
permissions for canaries"): whoever may pass any role to anything may do everything."""


def commands_table(language: str) -> str:
    """Every verb, with an example to type and what it does."""
    languages, (left, right) = Languages.load(), HEADS[language]
    rows = [
        f"| `{verb.examples[-1]}` | {languages.say(verb.help, language, UTC)} |" for verb in commands.load()
    ]
    return "\n".join([f"| {left} | {right} |", "|---|---|", *rows])


def role_policy() -> str:
    """What toban's role must be allowed: what every verb, every action and the third door declare."""
    every = commands.load()
    needed = {name for verb in every for name in verb.iam}
    needed |= {name for verb in every for action in verb.actions for name in action.iam}
    needed |= set(third_door.IAM)
    statements = [
        {"Effect": "Allow", "Action": sorted(needed - {PASS}), "Resource": "*"},
        {"Effect": "Allow", "Action": PASS, "Resource": "*", "Condition": ONLY_TO_THESE},
    ]
    text = json.dumps({"Version": "2012-10-17", "Statement": statements}, indent=2)
    return f"```json\n{text}\n```"


def generated(language: str) -> dict[str, str]:
    """Each generated part by its name in `<!-- name -->`."""
    return {"commands": commands_table(language), "role": role_policy()}


def written(page: str, parts: dict[str, str]) -> str:
    """The page with what stands between ``<!-- name -->`` and ``<!-- /name -->`` as it should be."""
    for name, text in parts.items():
        before, _, rest = page.partition(f"<!-- {name} -->\n")
        _old, end, after = rest.partition(f"<!-- /{name} -->")
        page = f"{before}<!-- {name} -->\n{text}\n{end}{after}"
    return page


def pages() -> Iterator[Path]:
    """Every page of the documentation."""
    yield from (ROOT / name for name in (*PAGES, "CHANGELOG.md"))
    yield from sorted((ROOT / "docs").rglob("*.md"))


def samples() -> dict[Path, str]:
    """The events that `/alarm test` tries: those of the tests, whose shapes are AWS's."""
    return {SAMPLES / one.name: one.read_text(encoding="utf-8") for one in sorted(EVENTS.glob("*.json"))}


def deployment() -> dict[Path, str]:
    """The deployment files of the config beside them, for whoever wants to see before they have one."""
    made = files(load_without_slack({"TOBAN_CONFIG": str(DEPLOY / "toban.toml")}), Wish())
    return {DEPLOY / name: text for name, text in made.texts.items()}


if __name__ == "__main__":
    for file, spoken in PAGES.items():
        old = (ROOT / file).read_text(encoding="utf-8")
        (ROOT / file).write_text(written(old, generated(spoken)), encoding="utf-8")
    verbs.INDEX.write_text(verbs.written(verbs.outlined(commands.load())), encoding="utf-8")
    for path, text in {**samples(), **deployment()}.items():
        path.write_text(text, encoding="utf-8")
