"""Interactive elements: buttons, menus, fields.

Source: Slack's "Block Kit elements" pages, one for each type.
"""

from collections.abc import Iterator, Mapping

from playground.slack.limits import options as menu
from playground.slack.limits.pictures import picture
from playground.slack.limits.rules import (
    Rule,
    anything,
    at,
    by_type,
    choice,
    flag,
    items,
    number,
    shape,
    string,
    text,
)

PLAIN = menu.PLAIN
BUTTON_TEXT, BUTTON_VALUE, ACTION_ID, URL = 75, 2000, 255, 3000

_action: Mapping[str, Rule] = {"action_id": string(ACTION_ID, 1), "confirm": menu.confirm}
_field: Mapping[str, Rule] = {**_action, "placeholder": text(150, PLAIN), "focus_on_load": flag}
_several: Mapping[str, Rule] = {**_field, "max_selected_items": number(1000, 1)}
_typed: Mapping[str, Rule] = {**_field, "initial_value": string(3000), "dispatch_action_config": anything}


def _one_kind_of_options(value: object, pointer: str) -> Iterator[str]:
    if isinstance(value, dict) and ("options" in value) == ("option_groups" in value):
        yield at("exactly one of options and option_groups is required", pointer)


def _static(more: Mapping[str, Rule]) -> Rule:
    inner = shape({}, {**more, "options": menu.options, "option_groups": menu.groups})

    def check(value: object, pointer: str) -> Iterator[str]:
        yield from inner(value, pointer)
        yield from _one_kind_of_options(value, pointer)

    return check


def _menus() -> dict[str, Rule]:
    found: dict[str, Rule] = {
        "static_select": _static({**_field, "initial_option": menu.option}),
        "multi_static_select": _static({**_several, "initial_options": menu.options}),
    }
    external = {"min_query_length": number(1000)}
    found["external_select"] = shape({}, {**_field, **external, "initial_option": menu.option})
    found["multi_external_select"] = shape({}, {**_several, **external, "initial_options": menu.options})
    extra: Mapping[str, Rule] = {
        "response_url_enabled": flag,
        "filter": anything,
        "default_to_current_conversation": flag,
    }
    for noun in ("user", "conversation", "channel"):
        first = {f"initial_{noun}": string(), f"initial_{noun}s": items(string(), 1000)}
        found[f"{noun}s_select"] = shape({}, {**_field, **extra, **first})
        found[f"multi_{noun}s_select"] = shape({}, {**_several, **extra, **first})
    return found


button = shape(
    {"text": text(BUTTON_TEXT, PLAIN)},
    {
        **_action,
        "value": string(BUTTON_VALUE),
        "url": string(URL),
        "style": choice("primary", "danger"),
        "accessibility_label": string(75),
        "agent_prompt": string(4000),
    },
)
image = picture({})
PICKERS: Mapping[str, Rule] = {
    "datepicker": shape({}, {**_field, "initial_date": string(10)}),
    "timepicker": shape({}, {**_field, "initial_time": string(5), "timezone": string()}),
    "datetimepicker": shape({}, {**_field, "initial_date_time": number(9_999_999_999)}),
    "checkboxes": shape({"options": menu.few_options}, {**_field, "initial_options": menu.few_options}),
    "radio_buttons": shape({"options": menu.few_options}, {**_field, "initial_option": menu.option}),
}
MENUS: Mapping[str, Rule] = _menus()
BUTTONS: Mapping[str, Rule] = {
    "button": button,
    "overflow": shape({"options": menu.overflow_options}, _action),
    "workflow_button": shape(
        {"text": text(BUTTON_TEXT, PLAIN), "workflow": anything}, {**_action, "style": anything}
    ),
}
FIELDS: Mapping[str, Rule] = {
    "plain_text_input": shape(
        {}, {**_typed, "multiline": flag, "min_length": number(3000), "max_length": number(3000, 1)}
    ),
    "email_text_input": shape({}, _typed),
    "url_text_input": shape({}, _typed),
    "number_input": shape(
        {"is_decimal_allowed": flag}, {**_typed, "min_value": string(), "max_value": string()}
    ),
    "rich_text_input": shape({}, {**_field, "initial_value": anything, "dispatch_action_config": anything}),
    "file_input": shape({}, {**_action, "filetypes": items(string(), 100), "max_files": number(10, 1)}),
}
ICONS: Mapping[str, Rule] = {
    "feedback_buttons": shape({"positive_button": anything, "negative_button": anything}, _action),
    "icon_button": shape(
        {"text": text(75, PLAIN), "icon": string()},
        {
            **_action,
            "value": string(BUTTON_VALUE),
            "accessibility_label": string(75),
            "visible_to_user_ids": anything,
        },
    ),
}

in_actions = by_type({**BUTTONS, **MENUS, **PICKERS})
in_section = by_type({**BUTTONS, **MENUS, **PICKERS, "image": image})
in_input = by_type({**FIELDS, **MENUS, **PICKERS})
in_context_actions = by_type(ICONS)
