"""The inputs of backup Lambda functions become schedules; what cannot be read is named."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import commands
from bot.config.former import read, toml
from bot.grammar.grammar import Grammar, Parsed, Vocabulary
from tests.by_name import by_name

VOL, VOL2 = "vol-0123456789abcdef0", "vol-0123456789abcdef1"
SNAP, INSTANCE = "snap-0123456789abcdef0", "i-0123456789abcdef0"


def lines(inputs: object, *, count_existing: bool = False) -> list[str]:
    imported = read(inputs, count_existing=count_existing)
    assert imported.mistakes == ()
    return [one.line for one in imported.lines]


def mistakes(inputs: object) -> tuple[str, ...]:
    imported = read(inputs)
    assert imported.lines == ()
    return imported.mistakes


def test_a_volume_is_backed_up_with_its_generations() -> None:
    assert lines({"volumeId": VOL, "generationCount": "2"}) == [f"backup tonight {VOL} --keep 2"]


def test_five_generations_are_kept_when_nothing_is_said() -> None:
    assert lines({"volumeId": VOL}) == [f"backup tonight {VOL} --keep 5"]


def test_volumes_with_as_many_generations_share_a_line() -> None:
    asked = [{"volumeId": VOL, "generationCount": 3}, {"volumeId": VOL2, "generationCount": "3"}]
    assert lines({"volumeIdRequests": asked}) == [f"backup tonight {VOL} {VOL2} --keep 3"]
    assert len(lines({"volumeIdRequests": [asked[0], {"volumeId": VOL2}]})) == 2


def test_a_tag_name_is_the_value_of_the_tag_backup() -> None:
    (line,) = read({"tagName": "test", "generationCount": 2}).lines
    assert line.line == "backup tonight tag:Backup=test --keep 2"
    assert line.deletions is None


def test_copies_are_kept_in_their_region() -> None:
    copy = {"volumeId": VOL, "destinationRegion": "us-west-2", "generationCount": 2}
    assert lines(copy) == [f"snapshot copy {VOL} --keep 2 --to us-west-2"]
    snapshot = {"sourceSnapshotId": SNAP, "destinationRegion": "us-west-2"}
    assert lines(snapshot) == [f"snapshot copy {SNAP} --keep 5 --to us-west-2"]


def test_an_image_is_made_without_a_reboot_only_when_the_input_says_so() -> None:
    image = {"instanceId": INSTANCE, "amiName": "lambda", "generationCount": 2}
    assert lines({**image, "noReboot": True}) == [f"backup tonight {INSTANCE} --keep 2 --images"]
    assert lines({"imageCreateRequests": [image]}) == [f"ami create {INSTANCE} --keep 2 --reboot"]


def test_what_the_functions_made_counts_when_that_is_asked_for() -> None:
    assert lines({"volumeId": VOL}, count_existing=True) == [
        f"backup tonight {VOL} --keep 5 --count-existing"
    ]


def test_looking_whether_images_are_there_needs_no_schedule() -> None:
    imported = read({"sqsEndpoint": "https://sqs", "queueName": "q", "numberOfMessages": 10})
    assert (imported.lines, imported.mistakes) == ((), ())
    assert "toban does it" in imported.notes[0]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"queueName": "q", "numberOfMessage": 10},
            "“numberOfMessage” is unknown. Did you mean numberOfMessages?",
        ),
        (
            {"volumeId": VOL, "generationcount": 2},
            "“generationcount” is unknown. Did you mean generationCount?",
        ),
        ({"VolumeID": VOL}, "“VolumeID” is unknown. Did you mean volumeId"),
        ({"volumeId": "vol-xxxx"}, "volumeId cannot be “vol-xxxx”"),
        ({"volumeId": VOL, "generationCount": 0}, "generationCount is a number from 1 to 1000"),
        ({"volumeId": VOL, "generationCount": True}, "generationCount is a number"),
        ({"sourceSnapshotId": SNAP}, "destinationRegion is missing"),
        ({"instanceId": INSTANCE}, "amiName is missing"),
        ({"instanceId": INSTANCE, "amiName": "a", "noReboot": "true"}, "noReboot is true or false"),
        ({"volumeIdRequests": VOL}, "volumeIdRequests is a list of objects"),
        ({}, "it names no volume, tag, snapshot or instance"),
        ("vol-1", "an input is an object"),
    ],
)
def test_what_is_misspelt_or_missing_is_named_and_nothing_is_guessed(given: object, said: str) -> None:
    (wrong,) = mistakes([given])
    assert wrong.startswith(f"input 1: {said}")


def test_one_bad_input_does_not_hide_the_others() -> None:
    imported = read([{"volumeId": "vol-xxxx"}, {"volumeId": VOL}])
    assert len(imported.lines) == 1
    assert imported.mistakes == ("input 1: volumeId cannot be “vol-xxxx”",)


EVERY = [
    {"volumeId": VOL},
    {"tagName": "test"},
    {"volumeId": VOL, "destinationRegion": "us-west-2"},
    {"sourceSnapshotId": SNAP, "destinationRegion": "us-west-2"},
    {"instanceId": INSTANCE, "amiName": "a"},
    {"instanceId": INSTANCE, "amiName": "a", "noReboot": True},
]


@pytest.mark.parametrize("count_existing", [False, True])
def test_every_line_is_one_that_toban_reads_as_it_stands(count_existing: bool) -> None:
    grammar = Grammar(by_name(commands.load()), Vocabulary(("dev",), ("ap-northeast-1", "us-west-2")))
    for line in lines(EVERY, count_existing=count_existing):
        parsed = grammar.parse(line)
        assert isinstance(parsed, Parsed)
        assert sorted(parsed.line.split()) == sorted(line.split())


def test_what_is_printed_is_what_the_config_file_takes() -> None:
    text = toml(read(EVERY), time="01:00", channel="C0OPS", owner="U0SATO")
    schedules = tomllib.loads(text)["schedules"]
    assert schedules["backup-1"] == {
        "line": f"backup tonight {VOL} --keep 5",
        "days": "daily",
        "time": "01:00",
        "channel": "C0OPS",
        "owner": "U0SATO",
        "most_deletions": 1,
    }
    assert "most_deletions" not in schedules["backup-2"]
    assert len(schedules) == len(EVERY)


def test_at_the_console_schedules_are_printed_and_mistakes_end_with_1(tmp_path: Path) -> None:
    file = tmp_path / "inputs.json"
    file.write_text(json.dumps([{"volumeId": VOL}, {"volumeID": VOL}]), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "bot", "import-uzresk", str(file), "--channel", "C0OPS"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert tomllib.loads(ran.stdout)["schedules"]["backup-1"]["channel"] == "C0OPS"
    assert "“volumeID” is unknown" in ran.stderr
