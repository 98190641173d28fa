"""Blocks: which there are, what each may hold, and where it may stand.

Source: Slack's "Block Kit blocks" pages, one for each type.
"""

from collections.abc import Mapping

from playground.slack.limits import charts, elements, tables
from playground.slack.limits.elements import PLAIN, URL
from playground.slack.limits.pictures import picture
from playground.slack.limits.rules import Rule, anything, by_type, choice, flag, items, shape, string, text

BLOCK_ID, SECTION, HEADER, MARKDOWN = 255, 3000, 150, 12_000

_id: Mapping[str, Rule] = {"block_id": string(BLOCK_ID, 1)}
_in_context = by_type(
    {"image": elements.image, "mrkdwn": text(SECTION, ("mrkdwn",)), "plain_text": text(SECTION, PLAIN)}
)
_card = shape(
    {},
    {
        **_id,
        "hero_image": elements.image,
        "icon": anything,
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "subtext": text(200),
        "actions": items(by_type(elements.BUTTONS), 3),
        "slack_icon": anything,
    },
)
_task: Mapping[str, Rule] = {
    "details": anything,
    "output": anything,
    "sources": anything,
    "status": choice("pending", "in_progress", "complete", "error"),
}
task_card = shape({"task_id": string(least=1), "title": string(least=1)}, {**_id, **_task})
_video: Mapping[str, Rule] = {
    "title_url": string(URL),
    "description": text(200, PLAIN),
    "provider_icon_url": string(URL),
    "provider_name": string(),
    "author_name": string(50),
}

EVERYWHERE: dict[str, Rule] = {
    "section": shape(
        {},
        {
            **_id,
            "text": text(SECTION),
            "fields": items(text(2000), 10),
            "accessory": elements.in_section,
            "expand": flag,
        },
    ),
    "divider": shape({}, _id),
    "image": picture({**_id, "title": text(2000, PLAIN)}),
    "actions": shape({"elements": items(elements.in_actions, 25)}, _id),
    "context": shape({"elements": items(_in_context, 10)}, _id),
    "header": shape({"text": text(HEADER, PLAIN)}, {**_id, "level": anything}),
    "rich_text": shape({"elements": items(anything, 1000, least=0)}, _id),
    "input": shape(
        {"label": text(2000, PLAIN), "element": elements.in_input},
        {**_id, "hint": text(2000, PLAIN), "optional": flag, "dispatch_action": flag},
    ),
    "video": shape(
        {
            "alt_text": string(),
            "title": text(200, PLAIN),
            "thumbnail_url": string(URL),
            "video_url": string(URL),
        },
        {**_id, **_video},
    ),
}
ONLY_MESSAGES: dict[str, Rule] = {
    "markdown": shape({"text": string(MARKDOWN, 1)}, _id),
    "table": tables.within_characters(tables.table),
    "data_table": tables.within_characters(tables.data_table),
    charts.KIND: charts.chart,
    "context_actions": shape({"elements": items(elements.in_context_actions, 5)}, _id),
    "task_card": task_card,
    "plan": shape({"title": string(least=1)}, {**_id, "tasks": items(task_card, 50, least=0)}),
    "card": _card,
    "carousel": shape({"elements": items(by_type({"card": _card}), 10)}, _id),
    "file": shape({"external_id": string(), "source": string()}, _id),
}
ONLY_MODALS: dict[str, Rule] = {
    "alert": shape(
        {"text": text(200)}, {**_id, "level": choice("default", "info", "warning", "error", "success")}
    )
}
_container: Mapping[str, Rule] = {
    "title": text(150, PLAIN),
    "rich_text_title": anything,
    "subtitle": text(150),
    "width": anything,
    "icon": anything,
    "is_collapsible": flag,
    "default_collapsed": flag,
    "has_header_divider": flag,
}
EVERYWHERE["container"] = shape(
    {"child_blocks": items(by_type({**EVERYWHERE, **ONLY_MESSAGES}), 10)}, {**_id, **_container}
)
