"""What several rules need: the guide as far as it can be read, and the texts in it."""
