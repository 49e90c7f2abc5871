-- One row per state of $iso3s and organization it belongs to on the day $as_of; no `since` means the source gives none.
select m.iso3, m.org, o.name, o.kind, m.since, m.precision, m.note, m.source_id
from memberships as m join organizations as o on o.code = m.org
where list_contains($iso3s::varchar[], m.iso3) and (m.since is null or m.since <= $as_of::date)
order by m.iso3, o.kind, o.name
