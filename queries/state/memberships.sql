-- One row per organization the state $iso3 belongs to on the day $as_of; no `since` means the source gives none.
select m.org, o.name, o.kind, m.since, m.precision, m.note, m.source_id
from memberships as m join organizations as o on o.code = m.org
where m.iso3 = $iso3 and (m.since is null or m.since <= $as_of::date)
order by o.kind, o.name
