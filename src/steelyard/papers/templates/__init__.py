"""Papers filled from templates that an office edits in Word or Excel.

fields.py (what may be asked) → word.py and sheet.py (is a template sound; fill it).
"""

from steelyard.papers.templates.fields import Field
from steelyard.papers.templates.sheet import fill_sheet, sheet_faults
from steelyard.papers.templates.word import fill_word, word_faults

__all__ = ["Field", "fill_sheet", "fill_word", "sheet_faults", "word_faults"]
