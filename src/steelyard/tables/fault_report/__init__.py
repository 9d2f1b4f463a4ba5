"""How does a sender see what is wrong? Their own sheet back, the bad cells coloured and commented.

The one door: :func:`faults_workbook`. ``sources`` reads the files good or bad, ``places`` finds the
cell of a fault, ``pages`` lays out the workbook, ``marks`` colours and comments, ``listing`` writes
the first sheet.
"""

from steelyard.tables.fault_report.report import faults_workbook

__all__ = ["faults_workbook"]
