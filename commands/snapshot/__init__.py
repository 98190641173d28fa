"""/snapshot: EBS snapshots and their generations."""
