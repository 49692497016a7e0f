"""The engine on a real cluster of OpenSearch, whose nodes the tests start, freeze and kill."""
