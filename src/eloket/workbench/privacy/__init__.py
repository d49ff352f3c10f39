"""The log for who guards privacy: search it, and take it along."""
