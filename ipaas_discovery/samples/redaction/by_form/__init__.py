"""What is personal by the form of a field's values, where the field's name tells nothing."""
