"""What every domain stands on: settings, database, accounts, audit, events, stream, errors."""
