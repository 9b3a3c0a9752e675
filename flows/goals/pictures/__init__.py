"""Goals as pictures, and the same in words."""
