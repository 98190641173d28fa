"""How it went as a file: in the thread of the card, once, beside the complete plan."""

from bot.command import Told
from bot.operation import State
from bot.plan import File
from bot.store import tellings
from bot.store.outbox import TOLD, Mail
from bot.words import words
from tests.bot.outbox.office import Office


def test_the_file_of_an_end_goes_into_the_thread_of_its_card(office: Office) -> None:
    number = office.waiting()
    office.settle()
    told = Told(words("40 of 41"), file=File("backup.csv", "id,outcome\nvol-1,done\n"), well=False)
    office.db.write(lambda tx: tellings.add(tx, number, told))
    office.move(number, State.QUEUED, State.RUNNING, State.PARTLY)
    office.mail(Mail.FILE, number)
    office.mail(Mail.FILE, number, about=TOLD)
    office.settle()
    [card] = [said for said in office.said() if not said.thread_ts]
    shared = [said for said in office.said() if said.files]
    assert [said.thread_ts for said in shared] == [card.ts, card.ts]
    names = [file["name"] for said in shared for file in said.files]
    assert sorted(names) == [f"{number}-backup.csv", f"{number}-plan.txt"]
