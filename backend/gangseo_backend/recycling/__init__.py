"""Residents' calls for a recycling robot, from a printed QR code to a served bench."""
