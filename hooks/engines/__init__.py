"""Hands the rendered site to a site engine: MkDocs with its development server, or any engine without hooks."""
