"""Changes between two pulls of one integration, and their effect on each flow."""
