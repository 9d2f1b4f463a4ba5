"""A scheme 考核细则: read, checked, printed. Pure."""
