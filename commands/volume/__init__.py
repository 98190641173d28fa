"""/volume: EBS volumes that nobody uses, and those that could cost less."""
