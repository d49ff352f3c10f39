"""Local accounts that begin anew: who asked for it, and the second person who allows it or not."""
