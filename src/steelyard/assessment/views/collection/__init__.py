"""Pages of what a unit files, by what one does there."""
