"""What one person alone is told: by response_url, else as an ephemeral message, else directly."""

from typing import Any

from bot.operation import Door, State
from bot.plan import File
from bot.store.outbox import Mail
from playground.slack.message import Message
from tests.bot.outbox.office import Office


def url(office: Office, channel: str = "C0OPS", person: str = "U0SATO") -> str:
    return office.slack.office.response_url(office.slack.office.urls.make(channel, person))


def whispers(office: Office, channel: str = "C0OPS") -> list[Message]:
    return office.slack.ephemerals(channel, "U0SATO")


def refused(office: Office, **asker: Any) -> int:
    number = office.ask(**asker)
    office.move(number, State.REFUSED)
    office.mail(Mail.PRIVATE, number, said="you may not")
    return number


def answered(office: Office, file: File | None = None, door: Door = Door.SLASH, **asker: Any) -> int:
    number = office.ask(door=door, **asker)
    office.plan(number, steps_=0, file=file)
    office.move(number, State.ANSWERED)
    office.mail(Mail.ANSWER, number)
    return number


def test_it_comes_by_response_url_while_that_lives(office: Office) -> None:
    refused(office, response_url=url(office))
    office.settle()
    assert [said.text for said in whispers(office)] == ["you may not"]
    assert office.calls("response_url") == 1
    assert office.said() == []


def test_after_thirty_minutes_it_comes_as_an_ephemeral_message(office: Office) -> None:
    number = office.ask(response_url=url(office))
    office.clock.push(minutes=31)
    office.move(number, State.REFUSED)
    office.mail(Mail.PRIVATE, number, said="you may not")
    office.settle()
    assert [said.text for said in whispers(office)] == ["you may not"]
    assert office.calls("response_url") == 0


def test_a_response_url_that_was_used_five_times_is_forgotten(office: Office) -> None:
    spent = url(office)
    for _ in range(5):
        office.slack.office.urls.use(spent.partition("/respond/")[2], {"text": "before"})
    refused(office, response_url=spent)
    office.settle()
    assert [said.text for said in whispers(office)][5:] == ["you may not"]
    assert all(row.response_url == "" for row in office.rows())


def test_where_the_channel_refuses_it_comes_directly_and_says_why(office: Office) -> None:
    refused(office, channel="C0RANDOM")
    office.settle()
    [said] = office.said(office.slack.dm("U0SATO"))
    assert said.text.startswith("the channel does not take messages of toban")
    assert said.text.endswith("you may not")


def test_a_cut_direct_message_is_there_once(office: Office) -> None:
    refused(office, channel="C0RANDOM")
    office.slack.faults.cut("chat.postMessage", times=2)
    office.settle()
    assert len(office.said(office.slack.dm("U0SATO"))) == 1


def test_the_answer_to_a_slash_command_is_for_the_asker_alone(office: Office) -> None:
    answered(office, response_url=url(office))
    office.settle()
    [said] = whispers(office)
    assert "stop web servers" in said.text
    assert office.said() == []


def test_the_answer_to_a_mention_stands_in_its_thread(office: Office) -> None:
    asked = office.slack.workspace.say("C0OPS", "U0SATO", "@toban ec2 list")
    answered(office, door=Door.MENTION, thread=asked.ts)
    office.settle()
    assert [said.thread_ts for said in office.said()] == ["", asked.ts]


def test_the_answer_to_the_clock_stands_in_its_channel(office: Office) -> None:
    answered(office, door=Door.CLOCK)
    office.settle()
    [said] = office.said()
    assert said.thread_ts == ""


def test_the_file_of_a_private_answer_comes_directly(office: Office) -> None:
    answered(office, File("audit.csv", "a,b\n"))
    office.settle()
    [file] = office.slack.files()
    assert file.content == b"a,b\n"
    assert file.channels == [office.slack.dm("U0SATO")]


def test_the_file_of_a_public_answer_stands_under_it(office: Office) -> None:
    answered(office, File("audit.csv", "a,b\n"), door=Door.CLOCK)
    office.settle()
    answer, shared = office.said()
    assert shared.thread_ts == answer.ts
    assert [file["name"] for file in shared.files] == ["1-audit.csv"]


def test_the_answer_to_a_click_leaves_the_card_as_it_is(office: Office) -> None:
    number = office.waiting()
    office.settle()
    urls, [card] = office.slack.office.urls, office.slack.workspace.messages.in_channel("C0OPS")
    clicked = office.slack.office.response_url(urls.make("C0OPS", "U0SUZUKI", card))
    office.tell("click", "C0OPS", "U0SUZUKI", "approved", clicked)
    office.settle()
    assert f"#{number}" in office.said()[0].text
    assert [said.text for said in office.slack.ephemerals("C0OPS", "U0SUZUKI")] == ["approved"]
