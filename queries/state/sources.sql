-- One row per source among $source_ids.
select source_id, case when provisional then 'Provisional: ' when correction then 'Correction: ' else '' end || title as title, publisher, url, source_date, provisional
from sources where list_contains($source_ids::varchar[], source_id) order by publisher, title
