"""toban's state in one SQL database: a file for each noun, every function over one transaction."""
