"""Lists of others brought into the catalogue: read, planned row by row, shown, and only then done, all or nothing."""
