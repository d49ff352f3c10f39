"""The registers of persons and businesses: profile.ports.PersonenBron, embedded (a file) and later the real ones."""
