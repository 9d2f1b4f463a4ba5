"""Pages: each asks the reads, lets one action do the work, and shows its refusals in its words."""
