"""Scoring predictions against gold."""
