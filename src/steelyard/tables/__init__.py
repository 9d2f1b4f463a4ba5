"""Sheets in and out: what people send in CSV, Excel and Parquet, with every fault at its cell.

A sheet is read in three steps: the bytes (``files``, ``encoding``), the grid of what each cell
holds (``separated``, ``workbook``, ``parquet``), the sheet with its headings (``shape``). What a
column means is asked cell by cell (``cells``). ``write`` is the way out.

Pure, but for reading and writing the one file that is named.
"""
