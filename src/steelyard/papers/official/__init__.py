"""A paper as a Chinese office issues it: Word, laid out to GB/T 9704-2012.

paper.py (what a paper says) → numbering.py (一、（一）1.（1）) → layout.py (where it stands, in which
type) → parts.py (head, signature, end) and write.py (the file).
"""

from steelyard.papers.official.paper import Column, End, Head, Note, Paper, Paragraph, Table
from steelyard.papers.official.write import paper_bytes

__all__ = ["Column", "End", "Head", "Note", "Paper", "Paragraph", "Table", "paper_bytes"]
