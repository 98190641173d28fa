"""The zone of `zone_given`, with hands for the actions that a drill of it is made of."""

from dataclasses import dataclass, field
from typing import Any

from aws import autoscaling_group, balancer, network_acl, subnet
from aws.account import Place
from aws.autoscaling_group import Group
from aws.balancer import Balancer
from aws.network_acl import NetworkAcl
from aws.subnet import Subnet
from bot.command import Action, Batch, Called, Seen, Sent
from bot.plan import Fields, Step
from tests.commands.desk import DEV_ID, TOKYO, Desk
from tests.scenarios.zone_given import ZONE, given

HERE = Place("dev", TOKYO)


@dataclass
class Zone:
    """What there is, and what earlier steps made."""

    desk: Desk
    vpc: str = ""
    made: dict[str, str] = field(default_factory=dict)  # by the key of a step

    def __post_init__(self) -> None:
        self.vpc = given(self.desk.local)

    def look(self, action: Action, step: Step) -> Fields | None:
        return action.look(self.desk.house.path.observer(), HERE, [step]).get(step.key)

    def call(self, action: Action, step: Step, *, operation: int = 7, token: str = "t-1") -> Called:
        called = action.call(self.desk.house.path.observer(), self._batch(step, operation, token))
        self.made |= called.results
        return called

    def find(self, action: Action, step: Step, *, token: str = "t-1") -> Called | None:
        assert action.find is not None
        return action.find(self.desk.house.path.observer(), self._batch(step, 7, token))

    def watch(self, action: Action, step: Step) -> Seen:
        sent = Sent(step, self.made.get(step.key, ""))
        return action.watch(self.desk.house.path.observer(), HERE, [sent])[step.key]

    def _batch(self, step: Step, operation: int, token: str) -> Batch:
        return Batch(operation, token, HERE, (step,), dict(self.made))

    # -- what there is ----------------------------------------------------------------------------------

    @property
    def ec2(self) -> Any:
        return self.desk.ec2()

    @property
    def scaling(self) -> Any:
        return self.desk.local.client("autoscaling", account=DEV_ID, region=TOKYO)

    def subnets(self) -> list[Subnet]:
        """Those of the zone: the first is under an ACL of its own, the second under the VPC's."""
        return list(subnet.find(self.ec2, vpc_ids=[self.vpc], zones=[ZONE]))

    def acl(self, one: Subnet) -> NetworkAcl:
        return network_acl.of_subnets(self.ec2, [one.id])[one.id]

    def acls(self) -> set[str]:
        return {one.id for one in network_acl.find(self.ec2, vpc_ids=[self.vpc])}

    def group(self, name: str) -> Group:
        (found,) = autoscaling_group.find(self.scaling, names=[name])
        return found

    def balancer(self) -> Balancer:
        (found,) = balancer.find(self.desk.local.client("elbv2", account=DEV_ID, region=TOKYO))
        return found

    def put_under(self, one: Subnet, acl_id: str) -> None:
        """Somebody's own hand at the console."""
        network_acl.put_under(self.ec2, one.id, acl_id)
