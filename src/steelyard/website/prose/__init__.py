"""Prose of the public site: written in Wagtail, inside the office alone, and published as a package.

    editor drafts ─► moderator approves ─► live (at once, or at its time) ─► export ─► package on the shelf

The public reads the package; no page of theirs asks Wagtail.
"""
