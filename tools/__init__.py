"""What is run by hand or by checks, and is not part of the package."""
