"""What Slack tells of channels: toban comes into them, is put out of them, they are archived.

Sources, all Slack's: "channel_left event", "group_left event", "member_left_channel event",
"channel_archive event", "channel_unarchive event", "member_joined_channel event".
"""

LEFT = ("channel_left", "group_left", "channel_deleted", "group_deleted")
ARCHIVED = ("channel_archive", "group_archive")
BACK = ("channel_unarchive", "group_unarchive")
SOMEBODY_LEFT, SOMEBODY_CAME = "member_left_channel", "member_joined_channel"
EVENTS = (*LEFT, *ARCHIVED, *BACK, SOMEBODY_LEFT, SOMEBODY_CAME)
"""What the manifest has Slack tell of."""
