"""What Medigy costs: each benchmark is one command that prints ratios."""
