-- One row per row that repeats an earlier one: same key (role key or unique), among the rows of its kind.
with seen as (
    select
        *,
        first_value(file) over earlier as first_file,
        first_value(line) over earlier as first_line,
        row_number() over earlier as occurrence
    from keys
    where key is not null
    window earlier as (partition by kind, "column", key order by file, line)
)
select
    file, line, "column",
    format('{} is already in {}line {}', key, if(first_file = file, '', first_file || ' '), first_line) as message
from seen
where occurrence > 1
