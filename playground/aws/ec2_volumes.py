"""EC2's volume calls as AWS answers them, where moto is too kind."""

from moto.core.responses import ActionResult
from moto.ec2.responses.elastic_block_store import ElasticBlockStore

from playground.aws.ec2_copies import known_snapshot
from playground.aws.storage import must_be_restorable


class VolumeCalls(ElasticBlockStore):
    """CreateVolume from a snapshot whose data is at hand."""

    def create_volume(self) -> ActionResult:
        """A volume; a snapshot it is made from must be complete and not archived."""
        if key := self._get_param("SnapshotId"):
            must_be_restorable(known_snapshot(self.ec2_backend, key))
        return super().create_volume()
