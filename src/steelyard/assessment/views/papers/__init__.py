"""The papers of an assessment as pages: to take away, and the templates they are made from."""
