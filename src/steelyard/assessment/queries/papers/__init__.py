"""What do the papers of an assessment say, for whom, and from which template?

seen.py (which papers there are for a person) → notice.py, items.py, letters.py, visits.py (what each
says) → templates.py (the template in use) → filled.py (the file).
"""
