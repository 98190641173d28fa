"""How a system does, asked from outside: one question of each kind, and who asks them at a steady rhythm."""
