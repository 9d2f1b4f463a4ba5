"""How everything looks and speaks: colours, type, parts of pages, and texts in the reader's language.

The lowest place of all that Django shows: the office, the public site and papers take it from here.
"""
