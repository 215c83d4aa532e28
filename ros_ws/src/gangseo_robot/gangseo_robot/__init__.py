"""What every robot shares: executor, guards, journal, navigator port and the VDA 5050 link."""
