"""What of an assessment waits for whom, one file a part."""
