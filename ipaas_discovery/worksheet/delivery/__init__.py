"""What the platform was told to do, beside what the worksheet orders."""
