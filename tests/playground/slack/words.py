"""Blocks and views the tests say."""

from playground.slack.shapes import Json


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(action_id: str, value: str = "1", text: str = "OK") -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, "value": value}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def section(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def options(count: int) -> list[Json]:
    return [{"text": plain(f"option {n}"), "value": str(n)} for n in range(count)]


def select(action_id: str, count: int) -> Json:
    return {"type": "static_select", "action_id": action_id, "options": options(count)}


def asking(block_id: str, element: Json, *, optional: bool = False) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain("?"),
        "element": element,
        "optional": optional,
    }


def writing(action_id: str) -> Json:
    return {"type": "plain_text_input", "action_id": action_id}


def modal(*blocks: Json, callback_id: str = "form", **more: object) -> Json:
    body: Json = {"type": "modal", "callback_id": callback_id, "title": plain("Form"), "blocks": list(blocks)}
    return body | {"submit": plain("Send")} | more
