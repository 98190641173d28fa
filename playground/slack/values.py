"""What a person chose or wrote in an element, as payloads tell it.

Source: Slack's page "block_actions payload", and "view_submission payload" for state.values.
"""

from playground.slack.dressing import elements
from playground.slack.errors import CannotDoError
from playground.slack.shapes import Json, as_list, as_object

_ONE = {
    "users_select": "user",
    "conversations_select": "conversation",
    "channels_select": "channel",
    "datepicker": "date",
    "timepicker": "time",
    "datetimepicker": "date_time",
}
_SEVERAL = {f"multi_{kind}": f"{noun}s" for kind, noun in _ONE.items() if kind.endswith("select")}
_OPTION = {"static_select", "external_select", "radio_buttons", "overflow"}
_OPTIONS = {"multi_static_select", "multi_external_select", "checkboxes"}
_MUTE = {"button", "overflow", "workflow_button"}  # they hold no state


def value_of(element: Json, value: object) -> Json:
    """Return the element's type with the value in the field where Slack puts it.

    Raises CannotDoError when there is no such option.
    """
    kind = str(element["type"])
    if kind in _OPTION:
        chosen: object = None if value is None else _option(element, value)
        return {"type": kind, "selected_option": chosen}
    if kind in _OPTIONS:
        wanted = value if isinstance(value, list | tuple) else [value]
        return {
            "type": kind,
            "selected_options": [_option(element, each) for each in wanted if each is not None],
        }
    if kind in _ONE:
        return {"type": kind, f"selected_{_ONE[kind]}": value}
    if kind in _SEVERAL:
        return {
            "type": kind,
            f"selected_{_SEVERAL[kind]}": list(value) if isinstance(value, list | tuple) else [],
        }
    return {"type": kind, "value": value}


def initial_value(element: Json) -> Json:
    """Return what an element holds before anybody touched it."""
    kind = str(element["type"])
    if kind in _OPTION:
        return {"type": kind, "selected_option": element.get("initial_option")}
    if kind in _OPTIONS:
        return {"type": kind, "selected_options": element.get("initial_options", [])}
    if kind in _ONE:
        return {"type": kind, f"selected_{_ONE[kind]}": element.get(f"initial_{_ONE[kind]}")}
    if kind in _SEVERAL:
        return {"type": kind, f"selected_{_SEVERAL[kind]}": element.get(f"initial_{_SEVERAL[kind]}", [])}
    return {"type": kind, "value": element.get("initial_value")}


def initial_values(blocks: list[Json]) -> Json:
    """Return state.values of blocks nobody touched: block_id to action_id to value."""
    values: Json = {}
    for block in blocks:
        held = [each for each in elements(block) if each["type"] not in _MUTE and "action_id" in each]
        if held:
            values[block["block_id"]] = {each["action_id"]: initial_value(each) for each in held}
    return values


def is_empty(value: Json) -> bool:
    """Whether a field was left empty."""
    return not any(inner for key, inner in value.items() if key != "type")


def _option(element: Json, value: object) -> Json:
    groups = [
        option for group in as_list(element.get("option_groups")) for option in as_list(group["options"])
    ]
    for option in [*as_list(element.get("options")), *groups]:
        if value in (option["value"], as_object(option["text"]).get("text")):
            return option
    if "external" in str(element["type"]):
        return (
            value
            if isinstance(value, dict)
            else {"text": {"type": "plain_text", "text": value}, "value": value}
        )
    raise CannotDoError(f"there is no option {value!r} in {element.get('action_id')}")
