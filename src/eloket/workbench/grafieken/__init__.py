"""Charts: what one is, how it is drawn, and its numbers as a table and as a file."""
