"""Reports of browsers about what the content security policy stopped: read, counted, and told to who looks after us."""
