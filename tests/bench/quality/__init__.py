"""Parts of the bench of navigation quality."""
