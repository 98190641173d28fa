import json

import pytest

from commands.changes import bucket_statement

ROLE, OTHER = "arn:aws:iam::123456789012:role/shop", "arn:aws:iam::123456789012:role/reports"
OLD = json.dumps(
    {
        "Version": "2012-10-17",
        "Id": "theirs",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"AWS": [OTHER]},
                "Action": ["s3:GetObject", "s3:PutObject"],
                "Resource": "arn:aws:s3:::files/*",
            }
        ],
    }
)


def statements(policy: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(policy)["Statement"]
    return found


@pytest.mark.parametrize("old", [OLD, ""])
def test_what_is_put_in_is_found_and_taken_out_again(old: str) -> None:
    denied = bucket_statement.denying(old, "files", ROLE, 7)
    assert bucket_statement.denies(denied, ROLE)
    assert not bucket_statement.denies(denied, OTHER)
    assert list(bucket_statement.ours_in(denied)) == [7]
    assert bucket_statement.digest(bucket_statement.without(denied, ROLE)) == bucket_statement.digest(old)


def test_it_denies_the_role_all_of_the_bucket_and_nobody_else() -> None:
    ours = statements(bucket_statement.denying(OLD, "files", ROLE, 7))[-1]
    assert ours.pop("Sid")
    assert ours == {
        "Effect": "Deny",
        "Principal": {"AWS": ROLE},
        "Action": "s3:*",
        "Resource": ["arn:aws:s3:::files", "arn:aws:s3:::files/*"],
    }


def test_put_in_twice_it_is_there_once() -> None:
    once = bucket_statement.denying(OLD, "files", ROLE, 7)
    assert bucket_statement.denying(once, "files", ROLE, 7) == once


def test_of_two_roles_each_has_its_own() -> None:
    both = bucket_statement.denying(bucket_statement.denying(OLD, "files", ROLE, 7), "files", OTHER, 8)
    left = bucket_statement.without(both, ROLE)
    assert (bucket_statement.denies(left, ROLE), bucket_statement.denies(left, OTHER)) == (False, True)


def test_a_policy_reads_the_same_in_whichever_way_it_is_written() -> None:
    """S3 may give a list of one back as its member, and in another order."""
    document = json.loads(OLD)
    (one,) = document["Statement"]
    other_way = {"Statement": one | {"Principal": {"AWS": OTHER}, "Action": one["Action"][::-1]}}
    assert bucket_statement.digest(json.dumps(document | other_way)) == bucket_statement.digest(OLD)
    more = {"Statement": one | {"Action": "s3:GetObject"}}
    assert bucket_statement.digest(json.dumps(document | more)) != bucket_statement.digest(OLD)


def test_a_statement_of_somebody_elses_is_never_taken_for_ours() -> None:
    theirs = OLD.replace('"Effect"', '"Sid": "toban7deny", "Effect"')
    assert bucket_statement.without(theirs, ROLE) == theirs
