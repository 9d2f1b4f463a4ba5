"""What people are asked in an assessment, one file a part."""
