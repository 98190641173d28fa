"""Who and what a workspace consists of: people, channels, user groups, the installed app."""

from dataclasses import dataclass, field

from playground.slack.shapes import Json


@dataclass(frozen=True, slots=True)
class Team:
    """The workspace's own card."""

    id: str
    name: str
    domain: str
    enterprise: str = ""  # the id of the organisation it belongs to
    siblings: tuple[str, ...] = ()  # the other workspaces of that organisation


@dataclass(frozen=True, slots=True)
class App:
    """The installed app and its bot user.  `commands` is None when every slash command is its own."""

    id: str
    bot_id: str
    user_id: str
    name: str
    commands: frozenset[str] | None = None
    org_wide: bool = False  # installed for the whole organisation
    escapes: bool = True  # "Escape channels, users, and links sent to your app"
    listens_to: frozenset[str] = frozenset(
        {"app_mention", "app_home_opened", "message.im", "channel_left", "group_left"}
        | {"channel_archive", "group_archive", "channel_unarchive", "group_unarchive"}
        | {"member_joined_channel"}
    )


@dataclass(frozen=True, slots=True)
class Person:
    """A user: a human being or a bot."""

    id: str
    name: str  # the handle
    real_name: str
    locale: str = "ja-JP"
    tz: str = "Asia/Tokyo"
    title: str = ""
    is_bot: bool = False
    deleted: bool = False
    is_admin: bool = False
    team: str = ""  # of somebody from another workspace or organisation

    def as_slack(self, team_id: str, *, include_locale: bool = False) -> Json:
        """Return the user object of users.info."""
        profile = {"real_name": self.real_name, "display_name": self.name, "title": self.title}
        team_id = self.team or team_id
        body: Json = {"id": self.id, "team_id": team_id, "name": self.name, "real_name": self.real_name}
        body |= {"deleted": self.deleted, "is_bot": self.is_bot, "is_admin": self.is_admin, "tz": self.tz}
        body |= {"is_app_user": False, "is_restricted": False, "is_ultra_restricted": False}
        body["profile"] = profile | {"team": team_id, "email": f"{self.name}@example.com"}
        return body | ({"locale": self.locale} if include_locale else {})


@dataclass(slots=True)
class Channel:
    """A conversation: a channel, or a direct message between `user` and the bot."""

    id: str
    name: str
    members: set[str] = field(default_factory=set)
    is_private: bool = False
    is_archived: bool = False
    user: str = ""  # the other end of a direct message
    topic: str = ""
    locale: str = "ja-JP"

    @property
    def is_im(self) -> bool:
        """Whether this is a direct message."""
        return bool(self.user)

    def as_slack(self, bot_user_id: str) -> Json:
        """Return the conversation object of conversations.info, as the bot sees it."""
        if self.is_im:
            return {"id": self.id, "is_im": True, "user": self.user, "is_archived": False, "is_open": True}
        body: Json = {"id": self.id, "name": self.name, "name_normalized": self.name}
        body |= {"is_channel": not self.is_private, "is_group": self.is_private, "is_im": False}
        body |= {"is_private": self.is_private, "is_archived": self.is_archived, "is_mpim": False}
        body |= {"is_member": bot_user_id in self.members, "num_members": len(self.members)}
        return body | {"topic": {"value": self.topic}, "purpose": {"value": ""}, "locale": self.locale}


@dataclass(frozen=True, slots=True)
class UserGroup:
    """A user group, such as @operators."""

    id: str
    handle: str
    name: str
    users: tuple[str, ...]

    def as_slack(self, team_id: str) -> Json:
        """Return the user group object of usergroups.list."""
        body: Json = {"id": self.id, "team_id": team_id, "handle": self.handle, "name": self.name}
        return body | {"is_usergroup": True, "date_delete": 0, "user_count": len(self.users)}
