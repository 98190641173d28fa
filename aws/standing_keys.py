"""Access keys that never end: whoever copies one may use it until somebody notices.

Source: "IAM identifiers" (IAM user guide): access keys of users begin with AKIA, temporary ones with ASIA.
"""

import os
from collections.abc import Mapping
from typing import Any

from botocore.credentials import RefreshableCredentials
from botocore.session import Session

LASTING = "AKIA"
_VARIABLE = "AWS_ACCESS_KEY_ID"
_PLACES = {
    "env": f"{_VARIABLE} in the environment",
    "shared-credentials-file": "AWS's credentials file",
    "config-file": "AWS's config file",
    "custom-process": "the credential_process of AWS's config file",
}


def where(session: Session) -> str:
    """Where the process has a lasting access key from, in words; "" when it has none.

    May ask the instance or task for its role, as the first call to AWS would.  Raises botocore's exceptions.
    """
    found = session.get_credentials()
    if found is None:
        return ""
    if isinstance(found, RefreshableCredentials) and found.method != "env":  # that end may be written by hand
        return _behind_a_role(session) if found.method == "assume-role" else ""
    return _PLACES.get(found.method, found.method) if _is_lasting(found.access_key) else ""


def _behind_a_role(session: Session) -> str:
    """The key with which a profile takes its role ("IAM role configuration", AWS SDKs and Tools)."""
    profiles: Mapping[str, Mapping[str, Any]] = session.full_config.get("profiles", {})
    profile: Mapping[str, Any] = session.get_scoped_config()
    for _ in profiles:  # one may lead to the next, and no further than there are
        if profile.get("credential_source") == "Environment" and _is_lasting(os.environ.get(_VARIABLE)):
            return _PLACES["env"]
        name = str(profile.get("source_profile", ""))
        profile = profiles.get(name, {})
        if _is_lasting(profile.get("aws_access_key_id")):
            return f"the profile {name}"
    return ""


def _is_lasting(key: object) -> bool:
    return str(key).startswith(LASTING)
