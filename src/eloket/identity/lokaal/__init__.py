"""Local accounts of civil servants: a password and a mandatory second factor, for who has no login provider.

Switched on by ELOKET_LOKALE_ACCOUNTS; otherwise nothing of it can be reached. An account has a password and at least
one authenticator, or neither: what somebody has done half stands in their session and nowhere else.
"""
