"""People of the newsroom: their accounts and roles, how they are invited, and who takes their work when they leave."""
