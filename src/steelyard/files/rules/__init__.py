"""What may be kept, and who may fetch it. Pure: bytes and values in, answers out."""
