"""File review: draws, what became of each file, who reviews it, the checklist, results."""
