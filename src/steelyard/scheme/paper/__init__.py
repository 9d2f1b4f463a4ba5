"""The scheme as the table that offices write, in Excel and Word, in and out.

In: boxes.py (a file's table as boxes, merged cells and all) → headings.py (which column is what) →
rows.py (rows with their place in the tree) → imports.py (a scheme document, and what a person must
still write). Out: layout.py (the rows to print) → export.py (Excel, Word). machine.py carries the
document itself beside the words, so that importing an export loses nothing.
"""

from steelyard.scheme.paper.export import export_docx, export_xlsx
from steelyard.scheme.paper.imports import Imported, Unread, import_table

__all__ = ["Imported", "Unread", "export_docx", "export_xlsx", "import_table"]
