"""A public benchmark: copies planted in texts that the project may carry, and one scorer for every cleaner."""
