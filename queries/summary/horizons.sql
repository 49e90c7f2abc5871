-- One row per fact file, and per treaty of it compared in whole since: the day through which it is known complete, and what to know about it.
select file, scope, known_complete_through, single_entries_through, note from horizons order by file, scope nulls first
