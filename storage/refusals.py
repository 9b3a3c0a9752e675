"""Why a database can't be used: one clear sentence for whoever starts the bot, and nothing was written."""

from __future__ import annotations


class StorageError(Exception):
    """The database can't be used; the message is a sentence with what to do next."""


class DatabaseInUse(StorageError):
    """Another process holds this SQLite file."""


class Damaged(StorageError):
    """What stands in the database can't be trusted any more."""


class NewerDatabase(StorageError):
    """The database was written by a later release than this one."""


class OlderDatabase(StorageError):
    """The database was written by an earlier release than this one, and has to be migrated first."""


class NotADatabase(StorageError):
    """There is no usable database under that name, or it is not perfloop's."""
