"""What the field knows of matching fields: the weight of each kind of evidence, and how right a score has been."""
