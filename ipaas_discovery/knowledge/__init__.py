"""Knowledge of the field as data: one TOML or CSV file per subject, read by one module when it is first asked."""
