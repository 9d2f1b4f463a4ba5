"""The pages of an assessment's scheme."""
