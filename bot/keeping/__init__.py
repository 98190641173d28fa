"""Keeping the state safe: a copy of it beside a bot that runs, and all of it carried to another database."""
