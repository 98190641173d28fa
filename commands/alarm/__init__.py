"""Alarms: what AWS says is wrong, who looks at it, and what is done with the next one."""
