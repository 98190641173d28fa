"""/asg: Auto Scaling groups."""
