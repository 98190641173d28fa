"""The config's rule by which an alarm shifts traffic, as text to copy."""

import json

RULE = """\
# Copy this into toban.toml.  The line is asked with its owner's rights: the policy decides who has to agree.
[rules.{key}]
pattern = {{ source = ["aws.cloudwatch"], detail-type = ["CloudWatch Alarm State Change"], \
detail = {{ alarmName = [{alarm}] }} }}
channel = {channel}
severity = "critical"
do = {line}
owner = {owner}
"""


def rule(*, name: str, alarm: str, to: str, channel: str, owner: str) -> str:
    """The rule for a name, whose traffic goes there when this alarm rings.  Pure."""
    return RULE.format(
        key=f"{name.replace('.', '-')}-latency",
        alarm=json.dumps(alarm),
        channel=json.dumps(channel),
        line=json.dumps(f"failover run region {name} --to {to} --stay"),
        owner=json.dumps(owner),
    )
