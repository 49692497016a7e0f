"""Pages over HTTP: ours, a page without any search, stock Haystack's and Datasette's, asked by wrk."""
