"""The command `guide`, for those who edit the guide."""
