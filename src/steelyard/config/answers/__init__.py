"""What every answer carries and notes, and the pages that say no."""
