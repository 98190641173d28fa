"""Access keys that never end: whoever copies one may use it until somebody notices.

Source: "IAM identifiers" (IAM user guide): access keys of users begin with AKIA, temporary ones with ASIA.
"""

from botocore.credentials import RefreshableCredentials
from botocore.session import Session

LASTING = "AKIA"
_PLACES = {
    "env": "AWS_ACCESS_KEY_ID in the environment",
    "shared-credentials-file": "AWS's credentials file",
    "config-file": "AWS's config file",
}


def where(session: Session) -> str:
    """Where the process has a lasting access key from, in words; "" when it has none.

    May ask the instance or task for its role, as the first call to AWS would.  Raises botocore's exceptions.
    """
    found = session.get_credentials()
    if found is None or isinstance(found, RefreshableCredentials):
        return ""
    if not str(found.access_key).startswith(LASTING):
        return ""
    return _PLACES.get(found.method, found.method)
