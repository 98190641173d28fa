"""Options of menus, and the question that stands before a dangerous one.

Source: Slack's pages "Option object", "Option group object", "Confirmation dialog object".
"""

from collections.abc import Iterator

from playground.slack.limits.rules import Rule, anything, at, choice, items, shape, string, text

PLAIN = ("plain_text",)
OPTIONS = 100

option = shape(
    {"text": text(75), "value": string(150)},
    {"description": text(75), "url": string(3000)},
)
group = shape({"label": text(75, PLAIN), "options": items(option, OPTIONS)})
confirm = shape(
    {"title": text(100, PLAIN), "text": text(300), "confirm": text(30, PLAIN), "deny": text(30, PLAIN)},
    {"style": choice("primary", "danger")},
)


def distinct(rule: Rule) -> Rule:
    """Accept a list by this rule whose values are all different."""

    def check(value: object, pointer: str) -> Iterator[str]:
        yield from rule(value, pointer)
        values = (
            [each.get("value") for each in value if isinstance(each, dict)] if isinstance(value, list) else []
        )
        if len(set(map(str, values))) < len(values):
            yield at("option values must be unique", pointer)

    return check


options = items(option, OPTIONS)
groups = items(group, OPTIONS)
few_options = distinct(items(option, 10))
overflow_options = items(option, 5)
suggestions = shape(
    {}, {"options": items(option, OPTIONS, least=0), "option_groups": items(group, OPTIONS, least=0)}
)
initial = anything
