"""The workspace everybody starts in: the team of a small web company, 株式会社あさがお."""

from playground.slack.people import App, Channel, Person, Team, UserGroup

TEAM = Team("T0ASAGAO", "株式会社あさがお", "asagao")
BOT = App("A0TOBAN", "B0TOBAN", "U0TOBAN", "toban")


def people() -> list[Person]:
    """Return operator, approver, second approver, reader, somebody who left, and the bots."""
    return [
        Person("U0SATO", "sato", "佐藤 美咲", title="運用 / operator"),
        Person("U0SUZUKI", "suzuki", "鈴木 健一", title="承認者 / approver", is_admin=True),
        Person("U0MILLER", "miller", "Anna Miller", "en-US", title="second approver"),
        Person("U0ITO", "ito", "伊藤 さくら", title="開発 / reader"),
        Person("U0KATO", "kato", "加藤 翔", title="退職 / left the company", deleted=True),
        Person("U0TOBAN", "toban", "当番", "en-US", is_bot=True),
        Person("U0DEPLOY", "deploy", "Deploy Bot", "en-US", is_bot=True),
        Person("USLACKBOT", "slackbot", "Slackbot", "en-US"),
    ]


def channels() -> list[Channel]:
    """Return the channels; the bot sits in those of operations, not in #random."""
    team = {"U0SATO", "U0SUZUKI", "U0MILLER", "U0ITO"}
    return [
        Channel("C0OPS", "ops", team | {"U0TOBAN"}, topic="開発環境の運用"),
        Channel("C0OPSPROD", "ops-prod", team | {"U0TOBAN", "U0DEPLOY"}, topic="Production", locale="en-US"),
        Channel("C0BILLING", "billing", {"U0SATO", "U0SUZUKI", "U0TOBAN"}, topic="毎日の請求"),
        Channel("C0RANDOM", "random", set(team)),
        Channel("C0OLD", "old-ops", team | {"U0TOBAN"}, is_archived=True),
    ]


def groups() -> list[UserGroup]:
    """Return the user groups."""
    return [
        UserGroup("S0OPERATORS", "operators", "運用チーム", ("U0SATO", "U0SUZUKI", "U0MILLER")),
        UserGroup("S0APPROVERS", "approvers", "承認者", ("U0SUZUKI", "U0MILLER")),
    ]
