"""The stub AWS, tested with real boto3 clients."""
