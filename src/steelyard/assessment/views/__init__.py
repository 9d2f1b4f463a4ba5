"""Pages of assessments, one file a part. Each finds its assessment among those that exist for who asks."""
