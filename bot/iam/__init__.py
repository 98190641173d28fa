"""What toban's roles must be allowed: the least for the verbs that are used, and who may take the roles."""
