"""A town of simulated VDA 5050 vehicles against one real backend and broker."""
