"""The recipes of ``docs/recipes.md``, done on a copy of the house."""
