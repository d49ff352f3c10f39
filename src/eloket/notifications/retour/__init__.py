"""What comes back after a mail was sent: read, matched with the mail that it is about, and acted upon."""
