"""Messages of the public: taken where the public site stands, answered inside, each within its days.

contact page ─► (inside) a row            ─► deadline ─► answer ─► mail, and a state to look up
             ─► (outside) a file ─► `steelyard messages FOLDER` ─► the same row, once
"""
