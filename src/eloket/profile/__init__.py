"""Contact details and preferences of a resident or business, and what the registers know of them (read only)."""
