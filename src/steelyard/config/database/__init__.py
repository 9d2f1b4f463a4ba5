"""Which database the office speaks to, given or embedded, and as whom."""
