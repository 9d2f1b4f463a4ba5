"""``values = tally(scheme, snapshot)``: rows become figures, each with the rows behind it."""
