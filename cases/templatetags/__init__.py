"""Template tags of cases."""
