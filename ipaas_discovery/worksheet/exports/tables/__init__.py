"""Tables that every exported form of a worksheet shows, each a function of the synopsis."""
