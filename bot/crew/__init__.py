"""Who takes operations and works on them: threads over a file, Procrastinate's workers over a PostgreSQL."""
