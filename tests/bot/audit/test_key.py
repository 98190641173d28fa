"""The key is made once, and only its owner can read it."""

import threading
from pathlib import Path

import pytest

from bot.audit.key import UnusableKey, _make, from_file, from_setting


def test_the_key_is_made_at_the_first_start_and_found_at_the_second(tmp_path: Path) -> None:
    path = tmp_path / "toban.key"
    first = from_file(path)
    assert len(first) >= 32
    assert from_file(path) == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_another_place_has_another_key(tmp_path: Path) -> None:
    assert from_file(tmp_path / "a") != from_file(tmp_path / "b")


def test_many_that_start_at_once_have_one_key(tmp_path: Path) -> None:
    found: list[bytes] = []
    starts = [threading.Thread(target=lambda: found.append(from_file(tmp_path / "key"))) for _ in range(8)]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_whoever_is_second_keeps_the_key_that_is_there(tmp_path: Path) -> None:
    _make(tmp_path / "key")
    first = from_file(tmp_path / "key")
    _make(tmp_path / "key")
    assert from_file(tmp_path / "key") == first


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key"
    from_file(path)
    path.chmod(0o640)
    with pytest.raises(UnusableKey, match="chmod 600"):
        from_file(path)


def test_an_empty_key_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.touch(0o600)
    with pytest.raises(UnusableKey, match="at least 32"):
        from_file(path)


def test_a_short_key_in_a_setting_is_refused() -> None:
    with pytest.raises(UnusableKey):
        from_setting("short")
    assert from_setting(" " + "k" * 32 + "\n") == b"k" * 32
