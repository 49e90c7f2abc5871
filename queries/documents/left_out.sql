-- One row per confidentiality of the log's entries (table whole) that readers who may see those of $seen may not: how many
-- were done from $since through $as_of or are planned for then or later.
select confidentiality, count(*)::integer as entries
from whole
where not list_contains($seen::varchar[], confidentiality)
    and (status = 'done' and day >= $since::date and day <= $as_of::date or status = 'planned' and day >= $as_of::date)
group by confidentiality order by confidentiality
