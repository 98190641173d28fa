"""What lines of rules may name in braces, each with an example.  A leaf of bot/: it imports no other part.

The readings (`jobs/readings`) name these as far as their events do; a test compares both.
"""

from collections.abc import Mapping

EXAMPLES: Mapping[str, str] = {
    "account": "prod",
    "alarm": "web-cpu",
    "balancer": "web",
    "budget": "monthly",
    "certificate": "bb857a5d-25cc-53ab-ad47-03ad65d3924f",
    "cluster": "shop",
    "database": "orders",
    "day": "2026-11-21",
    "domain": "shop.example.com",
    "function": "resize",
    "group": "web",
    "image": "ami-0123456789abcdef0",
    "instance": "i-0123456789abcdef0",
    "queue": "jobs",
    "region": "ap-northeast-1",
    "service": "cart",
    "snapshot": "snap-0123456789abcdef0",
    "task": "c13b4cb40f1f4fe4a2971f76ae5a47ad",
    "topic": "alarms",
    "user": "deploy",
    "volume": "vol-0123456789abcdef0",
}
