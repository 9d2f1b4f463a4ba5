"""The public site without what keeps its pages, and beside its ranking a bare view of the same rows."""
