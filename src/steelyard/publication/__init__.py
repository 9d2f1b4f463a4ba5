"""What is published: signed packages, made inside, shown outside.

The public site is a function of the packages on its shelf. A package is one ZIP file: a Frictionless
Data Package with a signature beside its manifest. Nothing here knows Django, a clock or a network.

    result + scope ─► results ─┐
    snapshot ─► registers ─────┤                          folder of packages ─► shelf ─► what is shown now
    pages of prose ─► prose ───┼─► package ─► signed ZIP ─►
    briefs ─► briefings ───────┘
"""
