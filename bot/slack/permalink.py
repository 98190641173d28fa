"""Addresses of messages ("chat.getPermalink", Slack), without asking Slack for each."""


def permalink(url: str, channel: str, ts: str) -> str:
    """The address of a message in the workspace at `url`; "" for none."""
    if not (url and channel and ts):
        return ""
    return f"{url.rstrip('/')}/archives/{channel}/p{ts.replace('.', '')}"
