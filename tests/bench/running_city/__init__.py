"""What benches of a running city share."""
