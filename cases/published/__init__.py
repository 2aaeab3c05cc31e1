"""What the public may see, and every reading of it. Nothing here knows the private records."""
