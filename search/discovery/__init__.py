"""How machines find what is here: site maps, the description of the search for browsers, robots.txt, security.txt."""
