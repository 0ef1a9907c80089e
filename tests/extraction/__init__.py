"""Tests of the words, windows, decoding, confidence, conflicts and the loaded model."""
