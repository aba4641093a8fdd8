"""Knowledge of collections: words by which systems call theirs, in several languages."""
