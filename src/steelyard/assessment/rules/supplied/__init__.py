"""Sheets of supplied figures: whose they are, what stands in their cells, the steps they take."""
