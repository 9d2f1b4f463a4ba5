"""Uploads: typed by what is in them, kept once by their hash, handed out as nothing but a download."""
