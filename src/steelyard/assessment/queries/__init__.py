"""Reads of an assessment, one file a part of it. ``assessments.py``: which exist for a person."""
