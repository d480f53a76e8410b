"""The panels of the wizard's result: one module per panel, from a recommendation to HTML."""
