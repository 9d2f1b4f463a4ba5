"""Everything that the office keeps, in one file; and back again, all or nothing.

The file is a tar archive: ``database.dump`` (PostgreSQL's own format), ``files/…`` (the uploads),
``snapshots/…``, and ``manifest.json`` with the size and hash of each. It may be taken while the
office runs: the dump is of one moment, and what it refers to, which is never changed once it is
stored, is copied after it.

The office's secret is not in it. After a restore elsewhere everyone signs in again.
"""
