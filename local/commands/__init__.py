"""What `vivavoce` can do to an installation from the terminal."""
