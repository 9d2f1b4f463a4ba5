"""The public site where it stands alone: no database, no accounts; one web server over signed packages."""
