"""Who the source spans stand for."""
