"""Facts of the systems that a worksheet writes out: fields in all shapes, calls and their grade, forecast, profile."""
