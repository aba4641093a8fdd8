"""What is known of personal data: words in names of fields, in texts, and numbers of people by country."""
