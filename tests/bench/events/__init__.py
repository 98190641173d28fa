"""What AWS has to say: how fast it is taken in, how soon it is read, how few messages a storm takes."""
