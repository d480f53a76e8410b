"""What is known: the guide as records, the strategies that it allows, and their values on each criterion."""
