"""The append-only trail: who wrote what, when, from what to what. Kept by the database itself."""
