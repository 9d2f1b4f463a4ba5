"""Who is who, and who may do what: organisations, accounts, roles held from a day to a day."""
