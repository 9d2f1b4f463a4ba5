"""What bodies deliver: tables asked for, signed, accepted, and frozen into a snapshot."""
