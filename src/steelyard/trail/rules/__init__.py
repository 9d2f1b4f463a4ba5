"""What makes a trail provable. Pure: it can be checked far from the office and its database."""
