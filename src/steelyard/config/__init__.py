"""The office as a whole: settings, addresses, and how it is started and stopped."""
