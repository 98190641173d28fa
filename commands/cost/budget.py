"""List what a month may cost, or set it, for everything or for one account."""

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.arguments import Kind, UsageError, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.costs import Budget
from bot.plan import Fields, Plan, Step
from bot.words import words
from commands import here
from commands.bill import money
from commands.bill.figures import Figures, gather
from commands.bill.options import account_arg, known_account
from commands.bill.outlook import budgets
from commands.bill.period import DAY, this_month, today
from commands.bill.picture import window
from commands.reading import fields

DOLLARS = "USD"
LIST, SET = "list", "set"
WHOLE = "all"  # the budget of everything, as a step's target is called
MOST = Decimal(10) ** 8
WRITTEN = re.compile(r"[$¥￥€£]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
"""Digits of any width; a comma stands between thousands, so that 2500,50 is not read as 250,050."""


@dataclass(frozen=True, slots=True)
class Args:
    """What /cost budget is told."""

    what: str = arg(
        Kind.CHOICE, words("show them, or set one"), option=False, required=True, choices=(LIST, SET)
    )
    amount: str = arg(
        Kind.WORD,
        words("what a month may cost, in the bill's currency; 0 takes it away"),
        option=False,
        default="",
    )
    account: str = account_arg()
    emergency: str = emergency_arg()


def plan(args: Args, world: World) -> Plan:
    """The budgets and how much of each is used, or one step that sets one."""
    if args.what == LIST:
        return _list(world)
    amount = _amount(args.amount)
    seen = window(today(world.due) - DAY)
    account = known_account(world, args.account, seen)
    found = gather(world, seen, account)
    budget = Budget(account, amount, found[0].currency or DOLLARS if found else DOLLARS)
    before, after = _fields(_there(world, account)), _fields(budget if amount else None)
    name = account or WHOLE
    if before == after:
        return Plan(words("It is so already."))
    step = here.step(
        "cost.budget", "budget", name, before, after,
        account=account, amount=str(amount), currency=budget.currency, person=world.asker,
    )  # fmt: skip
    if not amount:
        return Plan(words("take the budget of {name} away", name=name), (step,))
    said = words(
        "set the budget of {name} to {amount} a month", name=name, amount=money.text(amount, budget.currency)
    )
    return Plan(said, (step,))


def _list(world: World) -> Plan:
    """Each with how much of it is used; nothing of one whose bill this month is not known."""
    month = this_month(today(world.due))
    found = {figures.currency: figures for figures in gather(world, month)}
    there = dict.fromkeys(budget.currency for budget in world.costs.budgets())
    bills = [found.get(currency, Figures(currency, {})) for currency in there]
    lines = [line for figures in bills for line in budgets(world, figures, month, None)]
    if not lines:
        return Plan(words("There is no budget; “/cost budget set 3000” sets one for a month."))
    return Plan(words("Budgets of {month}", month=f"{month.first:%Y-%m}"), notes=tuple(lines))


def _amount(text: str) -> Decimal:
    """Raises UsageError for what is none."""
    if WRITTEN.fullmatch(text):
        amount = Decimal(text.replace(",", "").lstrip("$¥￥€£"))
        if amount <= MOST:
            return amount
    raise UsageError(words("“{amount}” is no amount; write it like 3000 or 2,500.50.", amount=text or " "))


def _there(world: World, account: str) -> Budget | None:
    return next((one for one in world.costs.budgets() if one.account == account), None)


def _fields(budget: Budget | None) -> Fields:
    return fields(amount=money.text(budget.amount, budget.currency) if budget else "none")


# -- the change as an action ---------------------------------------------------------------------------


def look(world: World, step: Step) -> Fields:
    """What it is now."""
    return _fields(_there(world, here.given(step, "account")))


def do(world: World, step: Step, _token: str) -> None:
    """Set it; the second time changes nothing."""
    budget = Budget(
        here.given(step, "account"), Decimal(here.given(step, "amount")), here.given(step, "currency")
    )
    world.costs.set_budget(budget, here.given(step, "person"))


BUDGET = here.action("cost.budget", look, do)

VERB = Verb(
    noun="cost",
    name="budget",
    help=words("List what a month may cost, or set it, for everything or for one account."),
    args=Args,
    risk=Risk.CHANGE,
    iam=(),
    plan=plan,
    examples=("/cost budget list", "/cost budget set 3000", "/cost budget set 500 --account dev"),
    actions=(BUDGET,),
)
