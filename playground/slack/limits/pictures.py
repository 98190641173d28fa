"""Pictures: of an address that everybody may read, or of a file of this workspace.

Source: Slack's pages "Image block", "Image element" and "Slack file object".
"""

from collections.abc import Iterator, Mapping

from playground.slack.limits.rules import Rule, at, shape, string

URL, ALT, FILE = 3000, 2000, "slack_file"
_one_of_them = {"id": string(least=1), "url": string(URL, 1)}


def slack_file(value: object, pointer: str) -> Iterator[str]:
    """Accept a file that is named by its id or by its address."""
    yield from shape({}, _one_of_them)(value, pointer)
    if isinstance(value, dict) and len(_one_of_them.keys() & value.keys()) != 1:
        yield at("exactly one of id and url is required", pointer)


def picture(may: Mapping[str, Rule]) -> Rule:
    """Accept a picture with words for who does not see it, and these fields."""
    inner = shape({"alt_text": string(ALT)}, {**may, "image_url": string(URL, 1), FILE: slack_file})

    def check(value: object, pointer: str) -> Iterator[str]:
        yield from inner(value, pointer)
        if isinstance(value, dict) and ("image_url" in value) == (FILE in value):
            yield at(f"exactly one of image_url and {FILE} is required", pointer)

    return check


def files_in(value: object, pointer: str) -> Iterator[tuple[str, str]]:
    """Yield the id or address of each of the workspace's files that blocks show, with where it stands."""
    inner = value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
    for key, each in inner:
        if key == FILE and isinstance(each, dict):
            yield str(each.get("id") or each.get("url")), f"{pointer}/{key}"
        else:
            yield from files_in(each, f"{pointer}/{key}")
