"""What a visitor's files say: (path, bytes) in, findings out. Patterns come from the guide; nothing is kept of a value."""
