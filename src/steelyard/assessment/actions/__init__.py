"""What people do in an assessment, one file a part of it. ``stages.py``: from a stage to the next."""
