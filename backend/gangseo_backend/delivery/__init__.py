"""Goods from a shop to a person at a spot: ordered by link, handed over by PIN, or brought back."""
