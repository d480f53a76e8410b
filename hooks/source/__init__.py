"""The guide's file: YAML to checked plain data, with a line and column for every value and every problem."""
