"""Where Miaohui touches the world; each room opens with what it takes and gives."""
