"""What comes from outside, in every wrong shape: an answer or a refusal, never a crash, never an action."""
