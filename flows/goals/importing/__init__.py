"""Sheets of goals and of metric values that HR drops into the chat with the bot."""
