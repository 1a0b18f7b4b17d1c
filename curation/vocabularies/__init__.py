"""Vocabularies kept by staff: themes merged and split with their cases, and synonyms tried before they are saved."""
