"""`toban doctor`: is this setup whole, and if not, what is to be done?  One check a file."""
