-- One row per target state of the day and attribute that coordinators ask for: the day through which something is known of
-- it (null: no source), and the fact file where it would stand. What is not known comes first, then the oldest knowledge.
with known as (
    select
        iso3, name_short,
        unnest([
            struct_pack(attribute := 'Latest vote', file := 'unga_votes', known := vote_date::date),
            struct_pack(attribute := 'Position', file := 'commitments', known := stance_date::date),
            struct_pack(attribute := 'Obstacle', file := 'commitments', known := list_max(list_transform(obstacles_named, lambda o: o.date))::date),
            struct_pack(attribute := 'Stage of ratification', file := 'commitments', known := stage_date::date),
            struct_pack(attribute := 'Producer', file := 'munitions_profile', known := make_date(producer_year, 12, 31)),
            struct_pack(attribute := 'Stockpiler', file := 'munitions_profile', known := make_date(stockpiler_year, 12, 31)),
            struct_pack(attribute := 'Contaminated', file := 'munitions_profile', known := make_date(contaminated_year, 12, 31)),
            struct_pack(attribute := 'Use', file := 'munitions_profile', known := make_date(used_year, 12, 31)),
            struct_pack(attribute := 'Mission in Geneva', file := 'posts', known := list_max(list_transform(list_filter(posts, lambda p: p.kind = 'mission'), lambda p: p.date))::date),
            struct_pack(attribute := 'Embassy of a coordinator or other sender', file := 'posts', known := list_max(list_transform(list_filter(posts, lambda p: p.kind <> 'mission'), lambda p: p.date))::date),
            struct_pack(attribute := 'Outreach', file := 'outreach_events', known := last_outreach_date::date)
        ], recursive := true)
    from snapshot where is_target
)
select attribute, iso3, name_short, known, file from known order by known is not null, known, attribute, name_short
