"""What of an assessment waits for whom: each part has a file of its own."""
