"""The commands, one module each: parse, call the stage, print. Heavy imports wait until a call."""
