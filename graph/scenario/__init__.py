"""What if: changes tried on a copy of the data, and what they would do."""
