"""Pages of deliveries, by what one does there."""
