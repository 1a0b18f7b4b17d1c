"""One module for each form a list can be taken away in; `listing.exports` holds the registry."""
