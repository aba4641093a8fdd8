"""How the platform spells what others spell otherwise."""
