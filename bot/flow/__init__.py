"""The path that every ask goes: receive, plan, decide, carry out, watch, end."""
