"""The sample articles' markup, and what renders it."""
