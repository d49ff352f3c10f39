"""Contact herstellen: whom we cannot reach by mail, and saying what was done about it."""
