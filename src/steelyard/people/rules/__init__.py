"""Pure rules of people: values in, answers out."""
