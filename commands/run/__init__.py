"""Commands and documents on instances, by Systems Manager's Run Command."""
