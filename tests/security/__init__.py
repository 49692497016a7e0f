"""What strangers, other users of the machine and hostile files must not be able to do."""
