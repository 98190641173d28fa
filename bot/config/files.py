"""The config file on the disk."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from bot.config import tables
from bot.config.mistakes import told
from bot.config.tables import File
from bot.words import Words, words


def read(path: Path, mistakes: list[Words]) -> File | None:
    """The config file; what is wrong with it is added to the mistakes."""

    def place(keys: tuple[str, ...]) -> Words:
        return words("{setting} (in {file})", setting=_dotted(keys), file=str(path))

    raw = _toml(path, mistakes)
    if raw is None:
        return None
    try:
        file = File.model_validate(raw)
    except ValidationError as error:
        mistakes += told(error, place, tables.instead)
        return None
    policy = policy_of(path, file)
    if policy is not None and not policy.is_file():
        why = words("there is no file {policy}.", policy=str(policy))
        mistakes.append(words("{place}: {why}", place=place(("policy",)), why=why))
    return file


def policy_of(path: Path, file: File) -> Path | None:
    """The policy file, which is named from where the config file lies; None: the one that ships."""
    return None if file.policy is None else path.parent / file.policy


def _dotted(keys: tuple[str, ...]) -> str:
    """Where a setting stands in the file: ``[accounts.prod] regions #2``."""
    entry = f" {keys[-1]}" if keys[-1].startswith("#") else ""
    *above, key = keys[:-1] if entry else keys
    return f"[{'.'.join(above)}] {key}{entry}" if above else f"{key}{entry}"


def _toml(path: Path, mistakes: list[Words]) -> Mapping[str, object] | None:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        mistakes.append(
            words(
                "There is no config file {file}. Let `toban init` write one,"
                " or name yours in TOBAN_CONFIG (environment).",
                file=str(path),
            )
        )
    except OSError as error:
        mistakes.append(
            words("{file} cannot be read: {why}.", file=str(path), why=error.strerror or type(error).__name__)
        )
    except UnicodeDecodeError:
        mistakes.append(words("{file} is not UTF-8 text.", file=str(path)))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        mistakes.append(words("{file} is not TOML: {why}.", file=str(path), why=str(error)))
    return None
