"""The public face: what the packages on the shelf say, as pages. No view here asks the database.

Prose (news, about us, contact) is written in Wagtail, which lives in :mod:`steelyard.website.prose` and
in the office alone; outside, its pages are read from a package like everything else.
"""
