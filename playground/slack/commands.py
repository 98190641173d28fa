"""Somebody types a slash command.

Source: Slack's page "Implementing slash commands".
"""

from playground.slack.delivery import Answer
from playground.slack.errors import Refusal
from playground.slack.escaping import in_command
from playground.slack.message import Message
from playground.slack.office import Office, Outcome, channel_card
from playground.slack.people import Channel
from playground.slack.shapes import Json

SLACKBOT, UNKNOWN_ANSWER = "USLACKBOT", "dispatch_unknown_error"


def type_command(office: Office, user: str, channel: str, line: str) -> Outcome:
    """Send a line such as "/ec2 stop tag:env=dev"; it is sent once, whatever comes of it.

    Raises CannotDoError when the person cannot write there.
    """
    place = office.seat(user, channel)
    command, _, text = line.partition(" ")
    known = office.slack.app.commands
    if known is not None and command not in known:
        shown = _slackbot(office, place, user, f"{command} is not a valid command.")
        return Outcome(acked=False, seconds=0.0, payload={}, shown=shown, why="unknown_command")
    url = office.urls.make(place.id, user)
    payload = _payload(office, user, place, command, in_command(office.slack, text))
    payload["response_url"] = office.response_url(url)
    answer = office.send("slash_commands", payload)
    return _outcome(office, place, url, answer, payload)


def _payload(office: Office, user: str, place: Channel, command: str, text: str) -> Json:
    slack = office.slack
    body: Json = {"token": "local", "team_id": slack.team_of(user), "team_domain": slack.team.domain}
    if slack.team.enterprise:
        body |= {"enterprise_id": slack.team.enterprise, "enterprise_name": slack.team.name}
    card = channel_card(place)
    body |= {"channel_id": card["id"], "channel_name": card["name"], "command": command, "text": text}
    body |= {"user_id": user, "user_name": slack.person(user).name, "api_app_id": slack.app.id}
    return body | {
        "is_enterprise_install": str(slack.app.org_wide).lower(),
        "trigger_id": slack.triggers.make(user),
    }


def _outcome(office: Office, place: Channel, url: str, answer: Answer, payload: Json) -> Outcome:
    why, message, shown = answer.why, None, ""
    said = answer.payload or {}
    if answer.acked and (said.get("text") or said.get("blocks") or said.get("attachments")):
        message, why = _first_word(office, url, said)
        shown = message.text if message else ""
    if why:
        words = f'{payload["command"]} failed with the error "{why}"'
        shown = _slackbot(office, place, payload["user_id"], words)
    return Outcome(answer.acked, answer.seconds, payload, answer.payload, shown, why, message)


def _first_word(office: Office, url: str, said: Json) -> tuple[Message | None, str]:
    try:
        return office.urls.first_word(url, said), ""
    except Refusal:
        return None, UNKNOWN_ANSWER


def _slackbot(office: Office, place: Channel, user: str, words: str) -> str:
    office.slack.say(place.id, SLACKBOT, words, seen_by=user)
    return words
