"""What robots say: the Speaker port and its adapters."""
