"""May this suit be registered, and if not, what is missing or stands in the way?

Read ``check.py`` first: its lists of limits are the rules, in the order of the law.
"""
