"""What a unit says of its items, files for them, claims and contests, and the steps of its submission."""
