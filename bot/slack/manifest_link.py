"""The address at which Slack makes an app of a manifest ("Sharing manifests", Slack)."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

NEW_APP = "https://api.slack.com/apps?new_app=1&manifest_json="


def link(manifest: Mapping[str, Any]) -> str:
    """Whoever opens it sees the app as it will be, chooses a workspace and creates it."""
    written = json.dumps(manifest, ensure_ascii=False, separators=(",", ":"))
    return f"{NEW_APP}{quote(written, safe='')}"
