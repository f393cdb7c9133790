"""Records to something to look at."""
