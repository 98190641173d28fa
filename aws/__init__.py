"""What toban can see and do in AWS; knows neither Slack nor the database."""
