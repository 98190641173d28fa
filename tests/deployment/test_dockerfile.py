"""The Dockerfile holds what docs/deploy.md promises (which also says what was not built)."""

import re
import tomllib

from bot.deployment.files import HEALTH
from tests.deployment.dockerfile import FILE, stages
from tests.docs import ROOT

PIN = re.compile(r"^([a-z0-9._-]+)==(\S+)([^\n]*)((?:\n    --hash=\S+.*)+)", re.MULTILINE)
BUILD, FINAL = stages()


def pins(name: str) -> dict[tuple[str, str], str]:
    """Each version of a lock file, and its hashes."""
    found = PIN.findall((ROOT / name).read_text(encoding="utf-8"))
    return {(package, version): hashes.replace(" \\", "").strip() for package, version, _, hashes in found}


def test_both_stages_are_slim_debian_since_the_policy_engine_has_no_wheels_for_alpine() -> None:
    assert {one.base for one in (BUILD, FINAL)} == {"python:3.13-slim-trixie"}


def test_what_is_installed_is_a_part_of_the_lock_with_its_hashes() -> None:
    image, whole = pins("requirements.image.lock"), pins("requirements.lock")
    assert len(image) > 40
    assert {one: hashes for one, hashes in image.items() if whole.get(one) != hashes} == {}
    (install,) = [one.rest for one in BUILD.all("RUN") if "-r requirements.image.lock" in one.rest]
    assert "--require-hashes" in install
    assert "--only-binary :all:" in install


def test_all_that_toban_needs_and_postgresql_is_in_it() -> None:
    """`make lock` writes it anew."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["postgres"]]
    names = {re.split(r"[\[><=~! ]", one)[0].lower() for one in wanted}
    assert names - {package for package, _ in pins("requirements.image.lock")} == set()
    assert "moto" not in {package for package, _ in pins("requirements.image.lock")}


def test_every_package_of_the_wheel_is_copied_and_nothing_else_reaches_the_builder() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    copied = [word for one in BUILD.all("COPY") for word in one.rest.split()[:-1]]
    assert set(packages) <= set(copied)
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    allowed = {line[1:] for line in ignored if line.startswith("!")}
    assert ignored[1] == "*"
    assert allowed == set(copied)
    assert all((ROOT / name).exists() for name in allowed)


def test_it_runs_as_a_user_of_its_own_with_a_fixed_number() -> None:
    assert FINAL.last("USER").rest == "10001:10001"
    assert any("useradd --uid 10001 --gid 10001" in one.rest for one in FINAL.all("RUN"))
    assert FINAL.says.index(FINAL.last("USER")) > FINAL.says.index(FINAL.all("RUN")[-1])


def test_only_its_state_is_written_so_the_root_may_be_read_only() -> None:
    assert FINAL.last("VOLUME").rest == FINAL.last("WORKDIR").rest == "/var/lib/toban"
    assert FINAL.variables["PYTHONDONTWRITEBYTECODE"] == "1"
    assert FINAL.variables["HOME"] == "/var/lib/toban"  # slack_sdk wants one, and any other user id has none
    assert FINAL.variables["TOBAN_DATABASE_URL"] == "sqlite:////var/lib/toban/toban.db"
    assert "compileall" in FINAL.all("RUN")[0].rest  # the base image has its library without bytecode


def test_a_signal_reaches_toban_itself() -> None:
    assert FINAL.last("CMD").listed == ["toban", "run"]  # the exec form: no shell in between
    assert FINAL.all("ENTRYPOINT") == []
    assert FINAL.last("STOPSIGNAL").rest == "SIGTERM"


def test_its_health_is_asked_for_as_ecs_asks() -> None:
    asked = FINAL.last("HEALTHCHECK")
    assert asked.listed == list(HEALTH[1:])
    assert "--retries=10" in asked.rest
    assert "--start-period=120s" in asked.rest


def test_no_secret_stands_in_it() -> None:
    assert not re.search(r"xox|xapp|TOKEN|_KEY|ARG ", FILE.read_text(encoding="utf-8"))
