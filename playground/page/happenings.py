"""What a player can let happen: the one list behind the page's menu.

One more entry = one more line in HAPPENINGS.  `do` lets it happen, given the chosen target ("" when
there is none to choose), and returns how to tell whether it still stands.  A further kind of target is a
member of Target and a line of `choices` in pages.py; what has to be ended is ended in mischief.py.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta

from playground.aws.faults import Fault, Kind
from playground.page import outside
from playground.page.happening import Happening, Stands, Target, World

SLOW = 3.0  # seconds a slow call of AWS takes
WORKS = timedelta(seconds=5)  # from an upload to the moment Slack shows it
CALLS = (
    "StopInstances",
    "StartInstances",
    "CreateSnapshots",
    "CreateSnapshot",
    "DeleteSnapshot",
    "DescribeInstances",
)


def _snapshot_fails(world: World, volume: str) -> Stands:
    world.aws.control.fail_next_snapshot_of(volume)
    return lambda: volume in world.aws.control.snapshots.failing_of


def _copy_denied(world: World, _: str) -> Stands:
    world.aws.control.deny_copies_by_kms(1)
    return lambda: world.aws.control.snapshots.denied_by_kms > 0


def _pinned(world: World, volume: str) -> Stands:
    from playground.aws import pinned  # noqa: PLC0415 - moto takes seconds, and the page comes first

    image = pinned.pin(world.aws, volume)
    return lambda: pinned.stands(world.aws, image)


def _faulty(kind: Kind, times: int, *, seconds: float = 0.0) -> Callable[[World, str], Stands]:
    """Let this go wrong with so many calls of a name; "" means any."""

    def do(world: World, call: str) -> Stands:
        number = world.aws.control.order(
            Fault(kind, action=call or "*", service="ec2", times=times, seconds=seconds)
        )
        return lambda: world.aws.control.hits(number) < times

    return do


def _slack(status: int, times: int) -> Callable[[World, str], Stands]:
    def do(world: World, _: str) -> Stands:
        world.slack.faults.answer(status=status, retry_after=2, times=times)
        return lambda: world.slack.faults.left > 0

    return do


def _slack_has_no_charts(world: World, _: str) -> Stands:
    world.slack.workspace.has_charts = False
    return lambda: not world.slack.workspace.has_charts


def _slack_works_on_pictures(world: World, _: str) -> Stands:
    world.slack.workspace.files.working = WORKS
    return lambda: world.slack.workspace.files.working == WORKS


def _slack_drops(world: World, _: str) -> Stands:
    world.slack.socket.drop()
    return lambda: world.slack.socket.connections == 0


HAPPENINGS: Mapping[str, Happening] = {
    "snapshot-fails": Happening(
        "A volume's snapshot fails tonight",
        "今夜、ボリュームのスナップショットが失敗する",
        _snapshot_fails,
        Target.VOLUME,
    ),
    "copy-kms": Happening(
        "A copy to the other region hits a KMS denial",
        "別リージョンへのコピーが KMS に拒否される",
        _copy_denied,
    ),
    "snapshot-pinned": Happening(
        "Somebody makes an image of a volume's oldest snapshot, so that it cannot go",
        "いちばん古いスナップショットから AMI が作られ、削除できなくなる",
        _pinned,
        Target.VOLUME,
    ),
    "start-kms": Happening(
        "An instance does not start: KMS refuses its key",
        "KMS の権限不足でインスタンスが起動しない",
        outside.kms,
        Target.KEYED,
        "/ec2 start {target}",
    ),
    "no-capacity": Happening(
        "An instance does not start: no capacity in its zone",
        "キャパシティ不足でインスタンスが起動しない",
        outside.no_capacity,
        Target.STOPPED,
        "/ec2 start {target} --within 1m",
    ),
    "group-starved": Happening(
        "An Auto Scaling group gets no new instances: no capacity",
        "キャパシティ不足で Auto Scaling グループに新しいインスタンスが来ない",
        outside.starved,
        Target.GROUP,
        "/asg scale {target} --desired 6 --within 1m",
    ),
    "impaired": Happening(
        "An instance fails its status checks",
        "インスタンスのステータスチェックが失敗する",
        outside.impaired,
        Target.INSTANCE,
        "/ec2 why {target}",
    ),
    "spot-notice": Happening(
        "EC2 takes a spot instance away in 2 minutes",
        "2 分後にスポットインスタンスが回収される",
        outside.spot_notice,
        Target.SPOT,
        '/ec2 drain {target} --emergency "EC2 takes it away"',
    ),
    "database-restarts": Happening(
        "AWS starts a database that was stopped 7 days ago",
        "7 日前に停止したデータベースを AWS が起動する",
        outside.database_restarts,
        Target.DATABASE,
        "/rds again",
    ),
    "session": Happening(
        "Somebody opens a session on an instance",
        "誰かがインスタンスでセッションを開く",
        outside.session,
        Target.INSTANCE,
        "/ec2 stop {target}",
    ),
    "cpu-alarm": Happening(
        "CloudWatch: an instance's CPU alarm rings",
        "CloudWatch: インスタンスの CPU アラームが鳴る",
        outside.cpu_alarm,
        Target.INSTANCE,
    ),
    "cpu-recovers": Happening(
        "CloudWatch: that alarm is over",
        "CloudWatch: そのアラームが収まる",
        outside.cpu_recovers,
        Target.INSTANCE,
    ),
    "storm": Happening(
        "CloudWatch: 200 alarms at once", "CloudWatch: 200 件のアラームが一度に鳴る", outside.storm
    ),
    "abuse": Happening(
        "AWS Health: an abuse report about an instance",
        "AWS Health: インスタンスについての不正使用レポートが届く",
        outside.abuse,
        Target.INSTANCE,
    ),
    "retirement": Happening(
        "AWS Health: an instance's host will be retired",
        "AWS Health: インスタンスのホストの廃止が予定される",
        outside.retirement,
        Target.INSTANCE,
    ),
    "failover": Happening(
        "RDS: a database fails over",
        "RDS: データベースがフェイルオーバーする",
        outside.failover,
        Target.DATABASE,
    ),
    "throttle": Happening(
        "AWS throttles the next 10 EC2 calls",
        "次の EC2 呼び出し 10 回が制限される (スロットリング)",
        _faulty(Kind.THROTTLE, 10),
    ),
    "deny": Happening(
        "AWS denies an action, 20 times",
        "AWS が操作を拒否する (20 回)",
        _faulty(Kind.DENY, 20),
        Target.CALL,
    ),
    "slow": Happening(
        "AWS answers slowly: 3 s each, 20 times",
        "AWS の応答が遅い (3 秒 × 20 回)",
        _faulty(Kind.LATENCY, 20, seconds=SLOW),
    ),
    "cut-after": Happening(
        "An answer is cut off, though AWS did it",
        "AWS は実行したのに応答が途切れる",
        _faulty(Kind.CUT_AFTER, 1),
        Target.CALL,
    ),
    "cut-before": Happening(
        "A call is cut off before AWS did it",
        "AWS に届く前に接続が切れる",
        _faulty(Kind.CUT_BEFORE, 1),
        Target.CALL,
    ),
    "slack-429": Happening(
        "Slack answers 429 to the next 5 calls", "Slack が 5 回 429 を返す", _slack(429, 5)
    ),
    "slack-500": Happening(
        "Slack answers 500 to the next 5 calls", "Slack が 5 回 500 を返す", _slack(500, 5)
    ),
    "slack-no-charts": Happening(
        "Slack does not know its chart block yet",
        "Slack のチャートブロックがまだ使えない",
        _slack_has_no_charts,
    ),
    "slack-pictures": Happening(
        "Slack works on an uploaded picture for 5 s",
        "アップロードした画像の処理に 5 秒かかる",
        _slack_works_on_pictures,
    ),
    "slack-drops": Happening("Slack's connections break off", "Slack との接続が切れる", _slack_drops),
}
