"""What follows from a recommendation: its cost, the moves towards it, and whether it still holds later."""
