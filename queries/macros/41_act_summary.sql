-- One row per state with acts by the day: those that count for category 4, promises, highest stage, obstacles.
create macro act_summary_at(as_of) as table
with acts as (
    select *, list_position(['no_position', 'in_favour', 'intent', 'interministerial', 'cabinet_approved',
        'in_parliament', 'parliament_approved', 'assented', 'deposited', 'in_force'], stage) as rung
    from acts_at(as_of)
),
named as (
    select iso3, code, arg_max(struct_pack(date, precision, source_id), (date, source_id, summary)) as last
    from (select iso3, date, precision, source_id, summary, unnest(obstacles) as code from acts) group by iso3, code
)
select
    iso3,
    coalesce(list(struct_pack(date, precision, kind, summary, source_id) order by date desc, summary)
        filter (where counts_for_category_4), []) as support_acts,
    max(date) filter (where kind <> 'observer') as last_act_date,
    arg_max(precision, (date, source_id, summary)) filter (where kind <> 'observer') as last_act_precision,
    max(date) filter (where kind = 'observer') as last_attendance_date,
    count(*) filter (where kind = 'observer')::integer as attendances,
    arg_max(struct_pack(stage, date, precision, source_id), (rung, date, source_id))
        filter (where stage is not null) as highest_stage,
    arg_max(struct_pack(date, precision, promise_due, summary, source_id), (date, promise_due, source_id))
        filter (where promise_due is not null) as latest_promise,
    arg_max(struct_pack(stance, date, precision, source_id), (date, source_id, summary))
        filter (where kind <> 'observer') as latest_stance,
    any_value(o.obstacles) as obstacles
from acts left join (
    select
        iso3,
        list(
            struct_pack(code, date := last.date, precision := last.precision, source_id := last.source_id) order by code
        ) as obstacles
    from named group by iso3
) as o using (iso3) group by iso3
