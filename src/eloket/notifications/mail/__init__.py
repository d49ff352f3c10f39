"""What a mail says: its kinds and their words, one mail or several in one, and what a municipality may change in it."""
