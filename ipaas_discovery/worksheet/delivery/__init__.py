"""Settings of the platform beside what the worksheet orders."""
