"""The store's tables as files for other programs: `writing` names their forms."""
