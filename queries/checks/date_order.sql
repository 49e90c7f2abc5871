-- One row per date (role not_before) that lies before the date of its row that it must not precede.
select file, line, "column", format('{} is before {} {}', value, what, other) as message
from cells
where role = 'not_before' and try_cast(value as date) < try_cast(other as date)
