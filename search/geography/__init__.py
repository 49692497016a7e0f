"""Where countries and cities lie, which countries a region has, and the outlines of the land; pure, no Django."""
