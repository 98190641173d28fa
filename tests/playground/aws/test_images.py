"""Images of the local AWS are found by the snapshots they stand on, as in AWS."""

from playground.aws.estate import plant
from playground.aws.fleet import PRODUCTION, TOKYO
from playground.aws.server import LocalAws


def test_an_image_is_found_by_its_snapshot_and_by_no_other() -> None:
    with LocalAws() as aws:
        estate = plant(aws)
        ec2 = aws.client("ec2", account=PRODUCTION, region=TOKYO)

        def on(snapshot: str) -> list[str]:
            filters = [{"Name": "block-device-mapping.snapshot-id", "Values": [snapshot]}]
            return [one["ImageId"] for one in ec2.describe_images(Owners=["self"], Filters=filters)["Images"]]

        assert len(on(estate.pinned_snapshot)) == 1
        assert on(estate.orphan_snapshot) == []
