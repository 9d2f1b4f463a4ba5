"""Pages of people: what is waiting for me, my account, organisations, accounts, sheets."""
