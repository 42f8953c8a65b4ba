"""What the screens and operations of denials read."""
