"""Pictures for shared links."""
