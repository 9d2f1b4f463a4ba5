"""Which figures count, from which rows they come, and which are missing?"""
