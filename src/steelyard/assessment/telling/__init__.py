"""Who is told of what happens? One file a part; each is called in the transaction of what it tells of."""
