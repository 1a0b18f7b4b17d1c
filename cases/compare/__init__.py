"""Cases or cities side by side: what is compared, what differs, and the same as data."""
