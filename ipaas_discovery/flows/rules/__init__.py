"""Rules of a verdict, each a small function from a flow to findings; `registry.py` lists them."""
