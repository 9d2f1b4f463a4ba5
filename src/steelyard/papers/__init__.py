"""A result on paper: page, workbook, pictures, and the package with which anyone can weigh again.

``write`` puts all of it into a folder. The words are in ``words``, numbers as people write them in
``numbers``; the colours of everything are in ``tokens.css``.

Pure: a result in, bytes out; only ``write`` and ``package`` touch the disk.
"""
