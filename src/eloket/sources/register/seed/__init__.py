"""Fills the register with very many invented zaken, to see how it behaves when a city has used it for years."""
