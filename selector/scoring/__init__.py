"""Who ranks first: exact totals, ranks, and the recommendation made from them."""
