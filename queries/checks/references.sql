-- One row per code (role refers_to) that the file it refers to does not have.
select cells.file, cells.line, cells."column", format('''{}'' is not in {}', cells.value, cells.what) as message
from cells anti join keys on keys.file = cells.what and keys.key = cells.value
where cells.role = 'refers_to' and cells.value is not null
