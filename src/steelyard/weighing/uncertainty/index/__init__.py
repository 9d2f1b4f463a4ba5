"""An index scheme as a function of chance.

``alternatives`` (tables by every combination of methods) → ``weights`` (drawn) → ``join`` (scores of many
replications at once); ``model`` puts them together, ``errors`` is the slower way where the raw values
themselves vary.
"""
