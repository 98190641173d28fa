"""A worker's hold on an operation ends when its stage does."""

from bot.engine import LEASE
from bot.store import operations
from playground.aws.server import LocalAws
from tests.house import House
from tests.scenarios.conftest import run_instances


def test_what_was_let_go_of_is_not_held_again_by_a_late_renewal(at_home: House, local_aws: LocalAws) -> None:
    run_instances(local_aws, 1, {"env": "prod"})
    at_home.ask("/ec2 stop tag:env=prod")
    db, now = at_home.path.db, at_home.time()
    (held,) = db.write(lambda tx: operations.claim(tx, now, "first", LEASE, 1))
    db.write(lambda tx: operations.release(tx, held, now))
    db.write(lambda tx: operations.renew(tx, [held], now + LEASE))
    assert [one.number for one in db.write(lambda tx: operations.claim(tx, now, "second", LEASE, 1))] == [
        held.number
    ]
