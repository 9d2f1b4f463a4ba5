"""What looks after the code base. Nothing of it ships with the product."""
