"""Pure rules of notices: values in, answers out."""
