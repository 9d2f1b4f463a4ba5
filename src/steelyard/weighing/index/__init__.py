"""A composite index in the steps of the OECD/JRC handbook (2008), one module each.

screen → denominate → transform → impute → treat → normalise → weigh → aggregate → rank.
compose.py puts them in order. Columns are float arrays, one value a unit, NaN for missing.
"""
