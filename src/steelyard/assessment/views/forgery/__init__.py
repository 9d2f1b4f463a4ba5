"""Suspicions of forged material: the list, one, how it is raised, its steps."""
