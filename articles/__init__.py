"""Words: what is written, who wrote it, what readers see and when. May import films."""
