"""The audit log made trustworthy: sealed, anchored outside, verified, searched and exported."""
