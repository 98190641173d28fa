"""What several nouns do to AWS: a file is one kind of change, its steps and its Action."""
