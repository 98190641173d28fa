"""By which door people come to the AWS console: straight, or by the access portal."""

from pathlib import Path

import pytest

from bot.console import Console
from tests.bot.configs import LEAST, Load, loader, mistakes

PORTAL = "https://d-1234567890.awsapps.com/start"


@pytest.fixture
def config(tmp_path: Path) -> Load:
    return loader(tmp_path)


def test_without_the_table_links_are_straight(config: Load) -> None:
    assert config(LEAST).console.portal == ""


@pytest.mark.parametrize("written", [PORTAL, f"{PORTAL}/", f"{PORTAL}/#/", f"{PORTAL}#/console"])
def test_the_portal_is_its_address_however_it_was_copied(config: Load, written: str) -> None:
    found = config(f'{LEAST}[console]\nportal = "{written}"\nrole = "ReadOnlyAccess"\n').console
    assert found == Console(PORTAL, "ReadOnlyAccess", found.accounts)
    assert all(len(digits) == 12 for digits in found.accounts.values())


@pytest.mark.parametrize("written", ["http://d-1.awsapps.com/start", "d-1.awsapps.com", "https://a|b>"])
def test_what_is_no_portal_is_said_with_an_example(config: Load, written: str) -> None:
    (said,) = mistakes(config, f'{LEAST}[console]\nportal = "{written}"\n')
    assert "https://d-1234567890.awsapps.com/start" in said
