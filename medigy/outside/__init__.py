"""The one page for somebody outside who was asked about a Version."""
