"""From statements to claims: the days they speak of, what is the same, what opposes."""
