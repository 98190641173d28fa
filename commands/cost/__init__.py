"""What AWS costs: the daily post, questions about the bill, budgets, waste."""
