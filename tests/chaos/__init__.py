"""Operations of all kinds while everything around toban goes wrong at once, and what must be true afterwards.

`TOBAN_CHAOS=2000` is how many operations; without it a slice is taken.  `TOBAN_CHAOS_SEED` repeats a run's
choices, though not its moments: those are the machine's.
"""
