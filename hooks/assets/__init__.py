"""Our style sheets and scripts, put together from their parts. No engine, no bundler.

join_assets(docs)        the files that pages load, and the parts that are not published on their own
read_asset(docs, path)   one of these files, as pages load it
named_by_content(docs, path)   its address, which its content gives
"""

from __future__ import annotations

from .join import AssetError, Assets, join_assets, named_by_content, read_asset

__all__ = ["AssetError", "Assets", "join_assets", "named_by_content", "read_asset"]
