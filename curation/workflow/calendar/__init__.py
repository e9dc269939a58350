"""The calendar: days that briefs are planned for, hours of Editions, what is missing, the shelf."""
