"""Evidence that two fields correspond, its weighing, and the choice of what is proposed."""
