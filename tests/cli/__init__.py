"""The commands as one types them, and what they are made of."""
