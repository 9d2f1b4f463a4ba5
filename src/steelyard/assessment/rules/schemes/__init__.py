"""The scheme of an assessment: whom it names, who supplies and scores, how its rules are written, what differs."""
