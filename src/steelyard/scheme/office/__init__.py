"""The scheme as the table that offices write, in Excel and Word, in and out.

In: sheets.py (a file's tables as cells, merged ones whole) → headings.py (which column is what) → asides.py
(what a row says that is no item) and lines.py (items, sections, sums, grades, notes) → tree.py (groups and
indicators, as the merged cells draw them) → fresh.py (a scheme document from the words, and what a person
must still write), or restored.py for a table that we exported. Out: layout.py (the rows to print) →
write_workbook.py, write_document.py. machine.py carries the document itself beside the words, so that
importing an export loses nothing.
"""

from steelyard.scheme.office.imports import Imported, Reading, Unread, import_table
from steelyard.scheme.office.write_document import export_docx
from steelyard.scheme.office.write_workbook import export_xlsx

__all__ = ["Imported", "Reading", "Unread", "export_docx", "export_xlsx", "import_table"]
