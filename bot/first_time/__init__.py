"""`toban init`: a first config file, and what is left to do until toban runs."""
