"""Figures: numbers, shares, sums, measures, dates, times and numbered things, read from a text and compared."""
