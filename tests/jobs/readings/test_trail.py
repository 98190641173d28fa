"""What somebody did in AWS: who, from where, and whether it asks something of who is on duty."""

import pytest

from bot.trouble import Phase, Severity
from tests.jobs.readings.given import IMAGE, VOLUME, buttons, facts, reading, say

WHO = "who: arn:aws:sts::222222222222:assumed-role/operations/hanako"


def test_an_image_that_is_deregistered_leaves_snapshots_and_the_line_that_deletes_them() -> None:
    found = reading("trail_image_deregistered")
    assert say(found.title) == f"The image {IMAGE} was deregistered"
    assert (found.severity, found.phase) == (Severity.WARNING, Phase.TELLS)
    assert facts(found) == [
        "its snapshots stay, and cost money, until somebody deletes them",
        WHO,
        "from 203.0.113.25 with aws-cli/2.31.0 md/awscrt#0.27.6",
        "with a second factor",
    ]
    assert list(buttons(found).values()) == ["ami prune --orphans"]
    assert found.names["image"] == IMAGE


def test_an_image_that_took_its_snapshots_with_it_leaves_nothing_to_do() -> None:
    found = reading("trail_image_and_snapshots")
    assert (found.severity, found.offers) == (Severity.INFO, ())
    assert facts(found)[0] == "its snapshots went with it"


def test_a_volume_that_is_deleted_may_have_snapshots() -> None:
    found = reading("trail_volume_deleted")
    assert say(found.title) == f"The volume {VOLUME} was deleted"
    assert list(buttons(found).values()) == [f"snapshot list {VOLUME}"]


def test_a_new_access_key_is_answered_with_the_role_that_should_be_used() -> None:
    found = reading("trail_key_made")
    assert say(found.title) == "A new access key of deploy"
    assert found.severity is Severity.WARNING
    assert facts(found)[0] == "the key ends with 0003"
    assert facts(found)[1].startswith("Give a workload a role instead: an instance profile on EC2")
    assert "AKIA" not in " ".join(facts(found))


def test_a_key_of_root_is_to_be_looked_at_now() -> None:
    root = {"type": "Root", "arn": "arn:aws:iam::222222222222:root"}
    found = reading("trail_key_made", userIdentity=root, requestParameters=None, responseElements=None)
    assert (say(found.title), found.severity) == ("A new access key of root", Severity.CRITICAL)


def test_a_trail_that_stops_is_in_trouble_until_it_records_again() -> None:
    stopped, started = reading("trail_stopped"), reading("trail_started")
    assert say(stopped.title) == "CloudTrail no longer records: everything was stopped"
    assert (stopped.severity, stopped.phase) == (Severity.CRITICAL, Phase.BEGINS)
    assert (started.phase, started.subject) == (Phase.ENDS, stopped.subject)
    assert reading("trail_deleted").severity is Severity.CRITICAL


def test_who_was_refused_has_changed_nothing_and_is_told_all_the_same() -> None:
    found = reading("trail_refused")
    assert say(found.title) == "StopLogging by taro was refused"
    assert (found.severity, found.phase) == (Severity.WARNING, Phase.TELLS)
    assert facts(found)[-1].startswith("AWS refused it: AccessDenied: User: arn:aws:iam::")
    image = reading("trail_image_deregistered", errorCode="UnauthorizedOperation")
    assert (image.severity, image.offers) == (Severity.INFO, ())


def test_root_never_signs_in_unnoticed() -> None:
    found = reading("trail_root_login")
    assert (say(found.title), found.severity) == ("Somebody signed in as root", Severity.CRITICAL)
    assert "without a second factor" in facts(found)
    failed = reading("trail_root_login", responseElements={"ConsoleLogin": "Failure"})
    assert (say(failed.title), failed.severity) == ("Somebody tried to sign in as root", Severity.CRITICAL)


@pytest.mark.parametrize(
    ("name", "factor", "severity"),
    [
        ("trail_login", "Yes", Severity.INFO),
        ("trail_login", "No", Severity.WARNING),
        ("trail_login_failed", "Yes", Severity.WARNING),
    ],
)
def test_others_sign_in_and_matter_when_it_fails_or_without_a_second_factor(
    name: str, factor: str, severity: Severity
) -> None:
    assert reading(name, additionalEventData={"MFAUsed": factor}).severity is severity


def test_any_other_call_is_told_with_what_it_asked_for() -> None:
    found = reading("trail_other")
    assert say(found.title) == "AuthorizeSecurityGroupIngress by operations/hanako"
    assert facts(found)[:2] == ["groupId: sg-0f10213243546576b", WHO]
    assert (found.severity, found.phase) == (Severity.INFO, Phase.TELLS)


def test_a_secret_that_a_call_handed_over_is_blacked_out() -> None:
    asked = {"dBInstanceIdentifier": "shop-db", "masterUserPassword": "hunter two and more"}
    told = " ".join(facts(reading("trail_other", requestParameters=asked)))
    assert "hunter" not in told
    assert "masterUserPassword: [redacted]" in told


def test_two_calls_of_one_person_are_two_things() -> None:
    other = reading("trail_other", eventID="another")
    assert other.subject != reading("trail_other").subject


def test_an_image_id_that_is_none_is_named_to_nobody() -> None:
    found = reading("trail_image_deregistered", requestParameters={"imageId": "all"})
    assert "image" not in found.names
