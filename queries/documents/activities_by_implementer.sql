-- One row per state or organization that an activity done from $since through $as_of names as its implementer. One with
-- two implementers counts for both. The public record names hosts, who are not implementers.
select name, count(distinct id)::integer as activities
from (
    select id, unnest(implementers) as name from activities
    where status = 'done' and day >= $since::date and day <= $as_of::date
)
group by name order by activities desc, name
