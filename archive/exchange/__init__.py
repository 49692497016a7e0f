"""The whole archive in a form that outlives this software: a bag of records and captures, and an archive from it."""
