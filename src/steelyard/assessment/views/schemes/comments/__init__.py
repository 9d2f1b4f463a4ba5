"""征求意见: what was said of a draft, one comment, what is answered; the list as a sheet."""
