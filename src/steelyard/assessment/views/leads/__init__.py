"""Leads from the public, for the office alone: those of an assessment, the inbox of the form, one."""
