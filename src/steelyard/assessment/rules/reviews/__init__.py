"""File review: what is drawn, looked for, found, and what that says of a unit."""
