"""What screens, stages and operations read about claims."""
