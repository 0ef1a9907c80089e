"""What the store tells, for a terminal or as JSON."""
