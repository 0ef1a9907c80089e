"""Claims out of attributions: the same, the opposed, and the copies that are one text."""
