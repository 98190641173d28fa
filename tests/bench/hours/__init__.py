"""Starting and stopping by office hours, many at once."""
