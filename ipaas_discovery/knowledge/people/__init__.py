"""Knowledge of people's records: the words for their fields, and the forms of names."""
