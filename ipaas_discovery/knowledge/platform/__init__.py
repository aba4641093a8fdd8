"""Words of the platform's own forms."""
