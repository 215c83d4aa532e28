"""The city backend of Gangseo: ``main > domains > core``."""
