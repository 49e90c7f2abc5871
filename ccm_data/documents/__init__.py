"""Documents and pictures: briefings, progress report, slides, minutes, handover pack."""
