"""The pages of residents and businesses: a folder per menu item."""
