"""How often something may be done, by one person and from one address on the internet.

Only what changes something, costs much or can be guessed is counted: reading a page writes nothing. Each route says its
limit beside its audience (identity/audience.py); without one it has that of its audience (`tabel.py`).
"""
