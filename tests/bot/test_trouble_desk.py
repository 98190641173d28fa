from pathlib import Path

from bot.store import outbox
from jobs.desk import desk
from tests.commands.alarm.alarms import RULES, come
from tests.commands.desk import DEV, PROD
from tests.house import CHANNEL, house


def test_an_alarms_link_leads_to_its_message_once_it_is_there(tmp_path: Path) -> None:
    with house(tmp_path, [DEV, PROD], rules=RULES) as there:
        come(there)
        found = desk(lambda: there.path, there.path.aws, RULES, lambda: "https://team.slack.com/")
        assert found.link(1) == ""
        assert found.link(7) == ""
        letter = there.path.db.read(lambda tx: outbox.with_key(tx, "trouble:1"))
        assert letter is not None
        posted = f"update outbox set ts = '1700.000500' where id = {letter.id}"
        there.path.db.write(lambda tx: tx.exec_driver_sql(posted))
        assert found.link(1) == f"https://team.slack.com/archives/{CHANNEL}/p1700000500"


def test_one_of_a_storm_leads_to_the_storms_message(tmp_path: Path) -> None:
    with house(tmp_path, [DEV, PROD], rules=RULES) as there:
        for number in range(12):
            last = come(there, f"arn:alarm:web-{number}")
        there.path.db.write(
            lambda tx: tx.exec_driver_sql("update outbox set ts = '5.1' where kind = 'storm'")
        )
        assert last.storm == 1
        assert there.path.troubles.link(last.number).endswith(f"channel={CHANNEL}")
        assert there.path.troubles.link(1) == ""
