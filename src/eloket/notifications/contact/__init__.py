"""Contact to restore: whom we cannot reach by mail any more, and what a civil servant did (Wmebv, Awb 2:10)."""
