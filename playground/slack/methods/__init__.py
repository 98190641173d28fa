"""The methods of Slack's Web API, one noun a file."""
