-- One row per fact file: the day through which it is known complete, and what to know about it.
select file, known_complete_through, single_entries_through, note from horizons order by file
