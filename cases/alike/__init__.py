"""Cities like mine: the cities nearest to one by their figures, and their cases for a need."""
