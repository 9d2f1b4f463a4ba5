"""A news text or a white paper whose every figure is a query or a field of a result.

template.py, read.py, typed_numbers.py (what a template says, and that no number is typed in it)
→ figure.py, compute.py (the figures, each with the rows behind it) → show.py (how people read one)
→ fill.py (the text) → page.py, word.py, document.py (as page, Word, data) → write.py.
"""
