"""Change the draft, one thing a page: an item, an input, the bodies, the units, any other part."""
