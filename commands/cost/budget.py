"""List what a month may cost, or set it, for everything or for one account."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from bot.arguments import Kind, UsageError, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.costs import Budget, Days
from bot.plan import Fields, Plan, Step
from bot.words import words
from commands import here
from commands.bill import money
from commands.bill.figures import gather
from commands.bill.options import account_arg, must_be_known
from commands.bill.outlook import budgets
from commands.bill.period import month_day, to_date
from commands.reading import fields

LIST, SET = "list", "set"
WHOLE = "all"  # the budget of everything, as a step's target is called
MOST = Decimal(10) ** 9


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
    must_be_known(world, args.account, to_date(month_day(world.due)).days)
    budget = Budget(args.account, amount, _currency(world))
    before, after = _fields(_there(world, args.account)), _fields(budget if amount else None)
    name = args.account or WHOLE
    if before == after:
        return Plan(words("It is so already."))
    step = here.step(
        "cost.budget", "budget", name, before, after,
        account=args.account, amount=str(amount), currency=budget.currency, person=world.asker,
    )  # fmt: skip
    if not amount:
        return Plan(words("take the budget of {name} away", name=name), (step,))
    said = words(
        "set the budget of {name} to {amount} a month", name=name, amount=money.text(amount, budget.currency)
    )
    return Plan(said, (step,))


def _list(world: World) -> Plan:
    day = month_day(world.due)
    found = gather(world, to_date(day).days)
    lines = [line for figures in found for line in budgets(world, figures, day, None)]
    if not lines:
        return Plan(words("There is no budget; “/cost budget set 3000” sets one for a month."))
    return Plan(words("Budgets of this month until {day}", day=day.isoformat()), notes=tuple(lines))


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text.replace(",", "").lstrip("$¥€£"))
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or not 0 <= amount <= MOST:
        raise UsageError(words("“{amount}” is no amount; write it like 3000 or 2500.50.", amount=text or " "))
    return amount


def _currency(world: World) -> str:
    day = month_day(world.due)
    found = gather(world, Days(to_date(day).before.first, day))
    return found[0].currency if found else "USD"


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
