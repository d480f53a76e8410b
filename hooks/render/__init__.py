"""A checked guide in, every page and file of the site out. Knows no site engine."""
