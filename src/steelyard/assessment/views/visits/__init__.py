"""On-site visits: the plan, one visit, what was found there. What a unit must not know does not exist for it."""
