"""What travels between agents, and how it is written."""
