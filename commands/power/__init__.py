"""Power: what runs when, for every verb that starts and stops."""
