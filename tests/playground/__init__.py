"""The playground, tested."""
