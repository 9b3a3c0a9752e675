"""People's calendars: read for busy times, and written into, over the network and with care."""
