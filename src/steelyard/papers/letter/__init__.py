"""The city letter 反馈函: one page to one unit: its grade, what it lost, how sure, what to mend first.

losses.py (the largest losses) and mends.py (the cheapest mends) → letter.py (the words) →
:mod:`steelyard.papers.official` (the page).
"""
