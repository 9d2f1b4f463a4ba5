"""The assessment in the office: deliveries now; self-scores, panels, appeals and grades later."""
