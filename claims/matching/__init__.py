"""From attributions and assertions to claims: what says the same, and who stands against it."""
