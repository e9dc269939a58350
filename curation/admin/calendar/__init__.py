"""The calendar at the desk: its pages, planning a day, and the feed for other calendars."""
