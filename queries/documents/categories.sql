-- One row per target category: the targets in it on the first day (table earlier) and on the later one (table snapshot).
select
    k.category,
    (select count(*) from earlier where list_contains(categories, k.category))::integer as before,
    (select count(*) from snapshot where list_contains(categories, k.category))::integer as after
from (select unnest(['first_committee_yes', 'mine_ban_party', 'signatory', 'declared_support']) as category) as k
