"""What follows from a result in money and honour: proposals inside a budget, approval, letters of praise, payroll."""
