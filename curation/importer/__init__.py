"""The production documents, in both formats, into the newsroom: streaming, in slices, safe to stop and to repeat."""
