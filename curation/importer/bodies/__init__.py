"""The bodies of old documents: what only their generators and sites understood becomes plain Markdown and HTML."""
