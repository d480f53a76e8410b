"""What the commands of `guide` exit with."""

OK, PROBLEMS, USAGE, UNANSWERED = 0, 1, 2, 3
