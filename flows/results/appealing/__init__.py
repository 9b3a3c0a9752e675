"""Appeals: whoever disagrees with their result has it looked at again by people who had no part in it."""
