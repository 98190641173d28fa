"""Why an instance does not run or is not well: what is read, and one file for each cause."""
