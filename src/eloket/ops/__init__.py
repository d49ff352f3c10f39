"""Running the house: commands, health, demo data."""
