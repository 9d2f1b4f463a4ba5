"""What tables there are: fields, types, keys, code lists, constraints, places."""
