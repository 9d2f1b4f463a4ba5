"""The site check: walk the public site as a visitor would, and hold what is seen against the rules."""
