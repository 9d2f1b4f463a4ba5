"""At the counter: what is asked, how an answer is read, and what the rules say to it.

Five jobs, one file each (``days``, ``fee``, ``number``, ``which``, ``filing``), all of one shape: the
questions, and the answer to the facts. The command, the sheet of many cases and Python share it.
"""
