-- One row per column of the typed facts: its table, its place and its type.
select table_name as file, column_name as "column", data_type as type
from information_schema.columns
where table_catalog = current_database() and list_contains($tables::varchar[], table_name)
order by table_name, ordinal_position
