"""What the environment and the config file say, read and checked."""
