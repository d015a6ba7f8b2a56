"""Files in, events with their place out; it must not know what is wrong with an event, nor how findings are shown."""
