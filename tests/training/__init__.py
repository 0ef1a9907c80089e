"""Tests of the training targets, the wrapped articles, the loop and a whole run."""
