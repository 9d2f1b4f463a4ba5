"""Pictures of a result, as SVG made without a library: no script, no font and no other site.

Each is one module: ``ranking``, ``dimensions``, ``profile``, ``tiles``. A picture has a text
alternative, is readable without colour, and takes its colours from the page or carries its own.
"""
