"""What follows from a review: plans with actions and dates, for everybody and for those who fall short."""
