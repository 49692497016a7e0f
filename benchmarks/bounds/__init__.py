"""What hostile addresses cost, and whether ordinary searches stay quick while heavy work is asked for."""
