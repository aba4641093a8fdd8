"""Knowledge of matching: the weight of each kind of evidence, and how right a score has been."""
