"""How sure is a rank? Weigh again and again with the scheme's choices drawn at random."""
