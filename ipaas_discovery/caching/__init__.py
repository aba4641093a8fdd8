"""Files of what was computed, so that the same is not computed twice; each may be removed at any time."""
