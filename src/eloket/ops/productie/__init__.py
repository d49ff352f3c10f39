"""`eloket check-production`: is this set-up safe enough for real people? One line per rule, each with its norm.

The norms are those of the DigiD assessment (Logius: the guidelines of the NCSC for web applications) and of the BIO.
"""
