"""The report: one page that holds everything, loads nothing, and prints.

``page`` puts it together from views (``facts``, ``tables``, ``units``, ``rules``, ``recipe``), which
turn the result into what a template has only to write down. The look is in ``style.css``.
"""

from steelyard.papers.report.page import report_html

__all__ = ["report_html"]
