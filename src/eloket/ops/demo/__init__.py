"""Demo data: a whole municipality, made by the same services that a real one uses."""
