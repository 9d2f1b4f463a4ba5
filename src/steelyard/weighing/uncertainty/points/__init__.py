"""A points scheme as a function of chance: ``spread`` of points, ``panels`` drawn again, and the model."""
