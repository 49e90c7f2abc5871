-- One row per target category of $categories: the targets in it on the first day (table earlier) and on the later one
-- (table snapshot).
select
    k.category,
    (select count(*) from earlier where list_contains(categories, k.category))::integer as before,
    (select count(*) from snapshot where list_contains(categories, k.category))::integer as after
from (select unnest($categories::varchar[]) as category) as k
