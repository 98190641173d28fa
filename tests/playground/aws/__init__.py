"""The local AWS, tested with real boto3 clients."""
