"""Lists of zaken to destroy: make one, approve one, and see what became of it."""
