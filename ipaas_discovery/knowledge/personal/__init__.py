"""Words of personal fields and texts in many languages, and numbers of people by country."""
