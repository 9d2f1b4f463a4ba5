"""Signing in through an OpenID Connect provider, more carefully than the library does it by itself."""
