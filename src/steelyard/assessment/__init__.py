"""The assessment of a region's cities: a scheme issued, collected, supplied, verified, scored, frozen."""
