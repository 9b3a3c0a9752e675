"""What the conversations are and the rules they follow. Pure: no database, no messenger, no clock."""
