"""Who looked at whose data: for the person themself, and for who guards privacy in the municipality."""
