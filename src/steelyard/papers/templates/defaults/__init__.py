"""The templates that come with us, from which an office makes its own.

Letters are papers of papers/official (``paper_bytes``) whose texts hold ``{{ … }}`` and whose paragraphs
hold ``{%p for … %}``; a heading within a loop takes its ``number`` from a field. A sheet is said once, as a Layout, and
made for Word and for Excel.
"""

from steelyard.papers.templates.defaults.excel_sheet import excel_sheet
from steelyard.papers.templates.defaults.layout import Column, Fact, Layout, Table
from steelyard.papers.templates.defaults.word_sheet import word_sheet

__all__ = ["Column", "Fact", "Layout", "Table", "excel_sheet", "word_sheet"]
