"""Which court hears a case of intellectual property first, and which on appeal?"""
