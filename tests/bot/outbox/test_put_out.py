"""toban is put out of a channel: nothing is lost, nothing waits in vain, who must decide hears of it."""

from sqlalchemy import update

from bot.operation import State
from bot.store import shut_channels
from bot.store.outbox import Mail
from bot.store.schema import operations
from bot.store.vitals import vitals
from tests.bot.outbox.office import Office

NOT_SEEN = "waits for an approval where you do not see its card"


def asked(office: Office, channel: str, *approvers: str) -> int:
    """It waits for one of these, who are named in its thread."""
    number = office.waiting(channel=channel)
    who = update(operations).where(operations.c.id == number).values(could_approve=list(approvers))
    office.db.write(lambda tx: tx.execute(who))
    office.mail(Mail.REPLY, number, "approve")
    return number


def put_out(office: Office, channel: str) -> None:
    """Taken out of it, as Slack's event says."""
    there = office.slack.workspace.channels[channel]
    there.members.discard("U0TOBAN")
    office.db.write(lambda tx: shut_channels.look_again(tx, channel, office.clock()))


def test_who_could_approve_is_told_directly_where_the_card_is_out_of_their_sight(office: Office) -> None:
    asked(office, "C0RANDOM", "U0SUZUKI", "U0MILLER")
    office.settle()
    for person in ("U0SUZUKI", "U0MILLER"):
        [told] = office.said(office.slack.dm(person))
        assert NOT_SEEN in told.text
        assert "ec2 stop tag:env=dev" in told.text
    card, _asks = office.said(office.slack.dm("U0SATO"))
    assert "/invite @toban" in card.text


def test_where_they_see_the_card_nobody_is_told_twice(office: Office) -> None:
    asked(office, "C0OPS", "U0SUZUKI")
    office.settle()
    assert len(office.said()) == 2
    assert office.said(office.slack.dm("U0SUZUKI")) == []


def test_a_card_that_waits_moves_when_toban_is_put_out_of_a_private_channel(office: Office) -> None:
    office.slack.workspace.channels["C0OPS"].is_private = True
    number = asked(office, "C0OPS", "U0SUZUKI")
    office.settle()
    put_out(office, "C0OPS")
    office.settle()
    [card] = office.said(office.slack.dm("U0SATO"))
    assert "waiting for approval" in card.text
    assert [block["type"] for block in card.blocks][-1] == "actions"
    office.move(number, State.QUEUED)
    office.settle()
    assert len(office.said(office.slack.dm("U0SATO"))) == 1


def test_a_command_between_two_people_is_answered_directly_without_telling_them_to_invite(
    office: Office,
) -> None:
    office.waiting(channel="D0PEOPLE")
    office.settle()
    [card] = office.said(office.slack.dm("U0SATO"))
    assert "toban has no part in direct messages between people" in card.text
    assert "/invite" not in card.text


def test_what_concerns_all_goes_where_toban_speaks_of_itself(office: Office) -> None:
    office.reports = "C0OPS"
    office.restart()
    office.notice("n", "C0RANDOM", "the night was good")
    office.settle()
    assert [said.text for said in office.said()] == ["the night was good"]


def test_one_dead_channel_neither_blocks_the_others_nor_makes_toban_look_ill(office: Office) -> None:
    office.waiting(channel="C0RANDOM", person="U0SATO")
    office.slack.faults.refuse("conversations.open", "not_in_channel", times=5)
    office.outbox.send_due()
    office.notice("other", "C0OPS", "hello")
    office.clock.push(seconds=2)
    office.outbox.send_due()
    assert [said.text for said in office.said()] == ["hello"]
    assert office.waits()
    assert office.db.read(lambda tx: vitals(tx, office.clock())).unsent_since is None


def test_invited_again_toban_says_what_waited(office: Office) -> None:
    office.waiting(channel="C0RANDOM")
    office.slack.faults.refuse("conversations.open", "not_in_channel", times=1)
    office.outbox.send_due()
    assert office.waits()
    office.slack.workspace.channels["C0RANDOM"].members.add("U0TOBAN")
    office.clock.push(seconds=2)
    office.db.write(lambda tx: shut_channels.go_on(tx, "C0RANDOM", office.clock()))
    office.outbox.send_due()
    assert len(office.said("C0RANDOM")) == 1
