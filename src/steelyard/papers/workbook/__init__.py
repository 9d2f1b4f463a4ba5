"""The result as a workbook: what people check, sort and file, in the office's own program.

A sheet is one module: ``ranking``, ``points``, ``data``, ``recipe``. What all sheets share is in
``book``. Texts are written as texts: no cell of ours is a formula unless we made it one.
"""

from steelyard.papers.workbook.write import workbook_bytes

__all__ = ["workbook_bytes"]
