"""EC2 as the local AWS serves it: moto's, with our own calls in front."""

from collections.abc import Callable
from typing import Any

from moto.ec2.responses import EC2Response

from playground.aws.ec2_addresses import AddressCalls
from playground.aws.ec2_consoles import ConsoleCalls
from playground.aws.ec2_copies import CopyCalls
from playground.aws.ec2_fast_restores import FastRestoreCalls
from playground.aws.ec2_images import ImageCalls
from playground.aws.ec2_instances import InstanceCalls
from playground.aws.ec2_launch_templates import LaunchTemplateCalls
from playground.aws.ec2_maintenance import MaintenanceCalls
from playground.aws.ec2_modifications import ModificationCalls
from playground.aws.ec2_network_acls import NetworkAclCalls
from playground.aws.ec2_new_images import NewImageCalls
from playground.aws.ec2_snapshots import SnapshotCalls
from playground.aws.ec2_spot import SpotCalls
from playground.aws.ec2_terminations import TerminationCalls
from playground.aws.ec2_tiers import TierCalls
from playground.aws.ec2_types import TypeCalls
from playground.aws.ec2_volumes import VolumeCalls
from playground.aws.tags import make_tags_quick
from playground.aws.times import Times


class LocalEc2(
    InstanceCalls,
    TerminationCalls,
    AddressCalls,
    TypeCalls,
    MaintenanceCalls,
    ConsoleCalls,
    SpotCalls,
    SnapshotCalls,
    CopyCalls,
    TierCalls,
    FastRestoreCalls,
    VolumeCalls,
    ModificationCalls,
    LaunchTemplateCalls,
    NetworkAclCalls,
    NewImageCalls,
    ImageCalls,
    EC2Response,
):
    """Our calls first, moto's for the rest."""

    @property
    def ec2_backend(self) -> Any:
        """Return moto's state of the account and region of the request, with quick tags."""
        backend = super().ec2_backend
        make_tags_quick(backend)
        return backend


def dispatcher(times: Times) -> Callable[..., Any]:
    """Return the view for EC2's one URL, bound to these times.

    moto makes one response object a request from a class, so the times travel on a subclass.
    """

    class BoundEc2(LocalEc2):
        pass

    BoundEc2.instances, BoundEc2.snapshots, BoundEc2.images = times.instances, times.snapshots, times.images
    BoundEc2.tiers, BoundEc2.fast_restores, BoundEc2.tokens = times.tiers, times.fast_restores, times.tokens
    BoundEc2.spot, BoundEc2.trail, BoundEc2.groups = times.spot, times.trail, times.groups
    view: Callable[..., Any] = BoundEc2.dispatch
    return view
