"""The board: open work by state, the most urgent first; the steps between columns; the newsroom's own due days."""
