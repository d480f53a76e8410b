"""What the commands of `guide` exit with."""

OK, PROBLEMS, USAGE = 0, 1, 2
