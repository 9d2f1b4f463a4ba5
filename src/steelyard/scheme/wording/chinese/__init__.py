"""What one clause of a Chinese wording says. Each reader answers with a clause, or None if it is another's."""
