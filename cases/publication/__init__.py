"""The door: what may become public, and in what form. Nothing else turns a record into something the public can read."""
