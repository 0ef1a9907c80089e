"""Who said it, and what: the roles of each cue."""
