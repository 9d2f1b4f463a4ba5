"""Pure rules of deliveries: values in, refusals out."""
