"""How firm a recommendation is, and what would change it."""
