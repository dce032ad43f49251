"""What Miaohui knows. Pure: the same input gives the same output; no clock, no chance, no I/O."""
