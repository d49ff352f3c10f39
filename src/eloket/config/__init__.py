"""Puts the house together: the environment, the URL table, and which adapter stands behind which port."""
