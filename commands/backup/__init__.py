"""The nightly backup: made, looked at, told in the morning, and watched from outside."""
