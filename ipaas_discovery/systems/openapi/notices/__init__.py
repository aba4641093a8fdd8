"""Notices that an API sends by itself: webhooks and callbacks of its description."""
