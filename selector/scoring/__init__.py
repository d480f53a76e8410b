"""Who comes first: exact totals, ranks, and the recommendation made from them."""
