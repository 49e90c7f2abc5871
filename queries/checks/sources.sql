-- One row per source id (role source) that no sources file has.
select file, line, "column", format('''{}'' is in none of the sources_*.csv files', value) as message
from cells anti join raw_sources on raw_sources.source_id = cells.value
where role = 'source' and value is not null
