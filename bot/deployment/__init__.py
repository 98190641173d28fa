"""The deployment files of a config: CloudFormation for toban's own account and all others, and the image."""
