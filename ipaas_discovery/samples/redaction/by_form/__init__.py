"""Fields that are personal by the form of their values, where their names tell nothing."""
