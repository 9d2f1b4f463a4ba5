"""Rules of the public site: values in, findings out."""
