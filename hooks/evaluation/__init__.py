"""What the selector says about the guide itself; shared by rules, pages and exports."""
