// Stands in for a step of which nothing is to be seen.
