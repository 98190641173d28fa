"""What a machine for toban needs: memory at rest, and after looking at everything."""
