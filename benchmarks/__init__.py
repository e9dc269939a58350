"""Costs of Medigy: each benchmark is one command that prints ratios."""
