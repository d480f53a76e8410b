"""What a visitor says: answers, what they ask for and rule out, and the links that carry them."""
