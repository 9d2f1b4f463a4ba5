"""What is due when, and who is told of what, once: deadlines, notices, mails, and the worker."""
