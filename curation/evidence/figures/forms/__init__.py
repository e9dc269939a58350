"""Forms in which figures are written: numbers, shares, measures, dates, times of day, numbered things."""
