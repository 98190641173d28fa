"""Options that questions about a bill share."""

import difflib

from bot.arguments import Kind, UsageError, arg
from bot.command import World
from bot.costs import BY_SERVICE, By, Days
from bot.words import words


def account_arg() -> str:
    """One account of the bill, by its name in the config, AWS's name of it, or its twelve digits."""
    declared: str = arg(Kind.WORD, words("only this account: its name, or AWS's twelve digits"), default="")
    return declared


def known_account(world: World, account: str, days: Days) -> str:
    """What an account of the bill of these days is called there; as it was given where nothing is known.

    Raises UsageError for one that is not on it.
    """
    if not account:
        return ""
    meant = {one.account for one in world.costs.sums(BY_SERVICE, days, (By.ACCOUNT,), account=account)}
    if meant:
        return min(meant)
    there = {one.account for one in world.costs.sums(BY_SERVICE, days, (By.ACCOUNT,))}
    if not there:
        return account
    near = difflib.get_close_matches(account, sorted(there), 1)
    if near:
        raise UsageError(
            words(
                "No account “{account}” is on the bill. Did you mean {near}?", account=account, near=near[0]
            )
        )
    some = ", ".join(sorted(there)[:10])
    raise UsageError(
        words("No account “{account}” is on the bill; there are {some}.", account=account, some=some)
    )
