"""What fleet and robot say to each other: VDA 5050 3.0.0, our actions, the site layout."""
