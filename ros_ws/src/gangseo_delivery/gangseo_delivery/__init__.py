"""The delivery role: goods are loaded, handed over and taken back."""
