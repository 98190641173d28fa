"""/toban: the bot itself."""
