"""From a reader's tree to a query of the index's terms, which every engine translates into its own."""
