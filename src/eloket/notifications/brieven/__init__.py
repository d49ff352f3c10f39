"""Letters: what a mail would have said, on paper, for who cannot be reached by mail (Wmebv, Awb 2:10)."""
