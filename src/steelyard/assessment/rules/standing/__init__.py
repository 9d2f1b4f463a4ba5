"""The live standing: what is weighed, what is at risk, the cheapest way up."""
