"""Brieven: the print queue, for who may divide the work."""
