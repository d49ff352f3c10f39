"""Files: intake (streamed), inspection (by content, not by name), storage (content-addressed), and handing them out."""
