"""Programs that are measured from outside: the references, and toban's own work without Slack."""
