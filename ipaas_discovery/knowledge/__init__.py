"""What the field knows, as data: one TOML or CSV file a subject, read by one module when it is first asked."""
