"""Forms (modals) and home tabs: who has which of them open."""

import secrets
import threading
from dataclasses import dataclass, field

from playground.slack.clock import Names
from playground.slack.dressing import dressed
from playground.slack.errors import CannotDoError, Refusal
from playground.slack.limits.views import check_view
from playground.slack.people import App
from playground.slack.shapes import Json

STACK = 3  # views.push: push_limit_reached
_EMPTY: Json = {"private_metadata": "", "callback_id": "", "external_id": "", "title": None, "submit": None}
_DEFAULTS = _EMPTY | {
    "close": None,
    "clear_on_close": False,
    "notify_on_close": False,
    "submit_disabled": False,
}


@dataclass(slots=True)
class View:
    """A form or home tab in front of one person."""

    id: str
    user: str
    body: Json
    hash: str
    root: str
    previous: str = ""
    values: Json = field(default_factory=dict)
    trouble: Json = field(default_factory=dict)  # block_id -> what the app said is wrong there

    @property
    def blocks(self) -> list[Json]:
        """The blocks it shows."""
        return list(self.body["blocks"])

    def as_slack(self, app: App, team_id: str) -> Json:
        """Return the view object of views.open."""
        ids: Json = {"id": self.id, "team_id": team_id, "app_id": app.id, "bot_id": app.bot_id}
        ids |= {"hash": self.hash, "root_view_id": self.root, "previous_view_id": self.previous or None}
        return (
            _DEFAULTS | self.body | ids | {"state": {"values": self.values}, "app_installed_team_id": team_id}
        )


class Views:
    """The stack of forms of each person, and each person's home tab."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._lock = threading.RLock()
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}

    def forget(self) -> None:
        """Close every form and take every home tab away."""
        with self._lock:
            self._stacks.clear()
            self._homes.clear()

    def stack(self, user: str) -> list[View]:
        """Return the forms this person has open, the visible one last."""
        with self._lock:
            return list(self._stacks.get(user, []))

    def home(self, user: str) -> View | None:
        """Return this person's home tab, if one was published."""
        with self._lock:
            return self._homes.get(user)

    def open(self, user: str, body: object) -> View:
        """Show a form.  Raises Refusal as check_view does, or duplicate_external_id."""
        checked = self._checked(body)
        with self._lock:
            name = self._names.id("V")
            view = View(name, user, checked, _hash(), root=name)
            self._stacks[user] = [view]
        return view

    def push(self, below: str, body: object) -> View:
        """Show a form on top of another one.  Raises Refusal push_limit_reached, not_found, or as open."""
        checked = self._checked(body)
        with self._lock:
            under = self.find(below)
            stack = self._stacks[under.user]
            if len(stack) >= STACK:
                raise Refusal("push_limit_reached")
            view = View(self._names.id("V"), under.user, checked, _hash(), under.root, under.id)
            stack.append(view)
        return view

    def update(self, view: View, body: object, known_hash: str = "") -> View:
        """Change what a form shows.  Raises Refusal hash_conflict, or as open."""
        checked = self._checked(body, view.id)
        with self._lock:
            if known_hash and known_hash != view.hash:
                raise Refusal("hash_conflict")
            view.body, view.hash, view.trouble = checked, _hash(), {}
        return view

    def publish(self, user: str, body: object, known_hash: str = "") -> View:
        """Show this as the person's home tab.  Raises Refusal hash_conflict, or as check_view does."""
        check_view(body, "home")
        with self._lock:
            old = self._homes.get(user)
            if known_hash and old and old.hash != known_hash:
                raise Refusal("hash_conflict")
            name = old.id if old else self._names.id("V")
            self._homes[user] = View(name, user, _kept(body), _hash(), root=name)
            return self._homes[user]

    def find(self, view_id: str = "", external_id: str = "") -> View:
        """Return an open form or a home tab.  Raises Refusal not_found."""
        with self._lock:
            shown = [view for stack in self._stacks.values() for view in stack] + list(self._homes.values())
        for view in shown:
            if view.id == view_id or (external_id and view.body.get("external_id") == external_id):
                return view
        raise Refusal("not_found")

    def top(self, user: str, view_id: str) -> View:
        """Return the form a person looks at.  Raises CannotDoError when it is not this one."""
        stack = self.stack(user)
        if not stack or stack[-1].id != view_id:
            raise CannotDoError(f"{user} does not have the form {view_id} in front of them")
        return stack[-1]

    def close(self, view: View, *, everything: bool = False) -> None:
        """Take a form away, or with it everything below."""
        with self._lock:
            stack = self._stacks.get(view.user, [])
            self._stacks[view.user] = [] if everything else [each for each in stack if each.id != view.id]

    def _checked(self, body: object, own_id: str = "") -> Json:
        check_view(body, "modal")
        kept = _kept(body)
        external = kept.get("external_id")
        with self._lock:
            shown = [view for stack in self._stacks.values() for view in stack if view.id != own_id]
        if external and any(view.body.get("external_id") == external for view in shown):
            raise Refusal("duplicate_external_id")
        return kept


def _kept(body: object) -> Json:
    assert isinstance(body, dict)  # check_view has looked
    return {**body, "blocks": dressed(body["blocks"])}


def _hash() -> str:
    return f"{secrets.randbelow(10**10)}.{secrets.token_hex(4)}"
