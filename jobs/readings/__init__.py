"""What an event of AWS means to people: a pure function for each kind of event, and one for all others."""
