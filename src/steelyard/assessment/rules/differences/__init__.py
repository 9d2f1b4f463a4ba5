"""Where a unit's own figures and the supplied ones differ, and how that is settled."""
