"""Who has a session open; the answer is Systems Manager's as documented."""

import json
from datetime import UTC, datetime

from aws import session_manager
from aws.account import Accounts
from tests.aws.conftest import PLACE
from tests.aws.wire import Wire, answering

OPEN = {
    "Sessions": [
        {
            "SessionId": "sato-0a1b",
            "Target": "i-0123456789abcdef0",
            "Status": "Connected",
            "StartDate": 1795327200,
            "Owner": "arn:aws:sts::123456789012:assumed-role/ops/sato",
        }
    ]
}


def test_a_session_says_who_is_where_and_since_when(wire: Wire, wired: Accounts) -> None:
    wire.reactions = [answering(json.dumps(OPEN))]
    (seen,) = session_manager.active(wired.ssm(PLACE))
    assert (seen.id, seen.instance_id, seen.owner) == ("sato-0a1b", "i-0123456789abcdef0", "sato")
    assert seen.since == datetime.fromtimestamp(1795327200, UTC)
