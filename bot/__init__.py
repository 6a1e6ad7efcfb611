"""The bot: understanding, handlers, dispatcher, delivery, commands and web."""
