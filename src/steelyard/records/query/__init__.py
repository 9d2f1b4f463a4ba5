"""SQL that reads the tables of a snapshot and does nothing else.

``portable`` says which SQL there is, ``gate`` lets a query through or lists its faults, ``proofs``
shows that no record is counted twice, ``engine`` runs it within limits of time and memory.
"""
