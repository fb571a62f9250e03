"""A synthetic city: who works with whom, as large as asked for, with a truth that is known."""
