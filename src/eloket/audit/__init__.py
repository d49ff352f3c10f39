"""Who did what with whose data: append-only."""
