"""What a new machine does first: the template's own script, with a disk that is a file, and a slow AWS.

`aws`, `curl`, `mount` and `sleep` are stand-ins; bash, blkid and mkfs.ext4 are the real ones.
"""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.bot.deployment.given import ALIKE, template

DISK = "vol-0123456789abcdef0"
SBIN = f"{os.environ['PATH']}:/usr/sbin:/sbin"
pytestmark = pytest.mark.skipif(
    os.geteuid() != 0 or not all(shutil.which(one, path=SBIN) for one in ("bash", "blkid", "mkfs.ext4")),
    reason="needs root, blkid and mkfs.ext4",
)


@dataclass(frozen=True, slots=True)
class Machine:
    """A folder that stands for the machine's root."""

    root: Path

    @property
    def disk(self) -> Path:
        return self.root / "by-id" / f"nvme-Amazon_Elastic_Block_Store_{DISK.replace('-', '')}"

    @property
    def ecs(self) -> str:
        file = self.root / "etc" / "ecs" / "ecs.config"
        return file.read_text(encoding="utf-8") if file.exists() else ""

    @property
    def calls(self) -> list[str]:
        return (self.root / "calls").read_text(encoding="utf-8").splitlines()

    def stands_in(self, name: str, does: str) -> None:
        """A program of this name, which writes down how it was called."""
        file = self.root / "bin" / name
        file.write_text(f'#!/bin/sh\necho "{name} $*" >>{self.root}/calls\n{does}\n', encoding="utf-8")
        file.chmod(0o755)

    def boots(self) -> int:
        """Run the script; how it ended."""
        about = template(ALIKE, "toban.yaml")["Resources"]["Machine"]["Properties"]["LaunchTemplateData"]
        text = about["UserData"]["Fn::Base64"]["Fn::Sub"]
        for name, value in {"AWS::Region": "ap-northeast-1", "Disk": DISK, "Cluster": "toban"}.items():
            text = text.replace(f"${{{name}}}", value)
        for place, here in {"/dev/disk/by-id": "by-id", "/etc/": "etc/", "/var/lib/toban": "state"}.items():
            text = text.replace(place, f"{self.root}/{here}")
        environment = {"PATH": f"{self.root}/bin:{SBIN}"}
        return subprocess.run(
            ["bash", "-c", text], env=environment, capture_output=True, check=False
        ).returncode

    def uuid(self) -> str:
        """Of the disk's file system; "" for none."""
        found = ["blkid", "-p", "-o", "value", "-s", "UUID", str(self.disk)]
        return subprocess.run(found, capture_output=True, text=True, check=False, env={"PATH": SBIN}).stdout


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(tmp_path)
    for name in ("bin", "by-id", "etc/ecs"):
        (tmp_path / name).mkdir(parents=True)
    with made.disk.open("wb") as disk:
        disk.truncate(8 * 1024 * 1024)
    made.stands_in("aws", "true")
    made.stands_in("curl", 'case "$*" in *instance-id) echo i-0abc;; *) echo a-token;; esac')
    made.stands_in("mount", "true")
    made.stands_in("sleep", "true")
    return made


def test_a_new_disk_gets_a_file_system_and_the_machine_joins_the_cluster(machine: Machine) -> None:
    assert machine.boots() == 0
    assert machine.uuid()
    assert f"aws ec2 attach-volume --volume-id {DISK} --instance-id i-0abc --device /dev/sdf" in machine.calls
    assert f"mount {machine.root}/state" in machine.calls
    assert "ECS_CLUSTER=toban\n" in machine.ecs
    kept = (machine.root / "state" / "state").stat()
    assert (kept.st_uid, kept.st_gid, kept.st_mode & 0o777) == (10001, 10001, 0o700)


def test_a_disk_with_a_database_on_it_is_left_as_it_is(machine: Machine) -> None:
    machine.boots()
    before = machine.uuid()
    assert machine.boots() == 0
    assert machine.uuid() == before


def test_it_waits_until_the_machine_before_it_has_let_go_of_the_disk(machine: Machine) -> None:
    machine.stands_in("aws", f'n=$(grep -c "^aws" {machine.root}/calls); [ "$n" -ge 4 ]')
    assert machine.boots() == 0
    assert [one.split()[0] for one in machine.calls].count("aws") == 4


@pytest.mark.parametrize(
    ("program", "code"), [("mount", 32), ("blkid", 8), ("blkid", 4), ("mkfs.ext4", 1), ("curl", 22)]
)
def test_a_machine_that_does_not_get_its_disk_never_joins(machine: Machine, program: str, code: int) -> None:
    machine.stands_in(program, f"exit {code}")
    assert machine.boots() != 0
    assert "ECS_CLUSTER" not in machine.ecs
    if program == "blkid":
        assert not machine.uuid()  # nothing was written on a disk that nobody could read
