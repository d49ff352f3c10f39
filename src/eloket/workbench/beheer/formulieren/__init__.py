"""The forms of the E-loket for who manages them: versions, what they change, how they look and how they do."""
