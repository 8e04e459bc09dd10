"""The roof: settings, addresses, home, health, demo. It names both apps; neither names it."""
