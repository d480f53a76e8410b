"""A recommendation as sentences, as a decision record, as text for a terminal and as JSON."""
