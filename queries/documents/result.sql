-- One row: States Parties, signatories and targets on the day $since and on the day $as_of, and how many states joined,
-- withdrew and signed after the one and through the other (joining counts from deposit, withdrawal from its effect);
-- beside some, how many of them are provisional.
with first as (
    select
        count(*) filter (where status = 'state_party')::integer as parties_before,
        count(*) filter (where status = 'signatory')::integer as signatories_before,
        count(*) filter (where status <> 'state_party')::integer as targets_before
    from status_at($since::date)
),
last as (
    select
        count(*) filter (where status = 'state_party')::integer as parties_after,
        count(*) filter (where status = 'state_party' and status_provisional)::integer as parties_provisional,
        count(*) filter (where status = 'signatory')::integer as signatories_after,
        count(*) filter (where status = 'signatory' and status_provisional)::integer as signatories_provisional,
        count(*) filter (where status <> 'state_party')::integer as targets_after
    from status_at($as_of::date)
),
acts as (
    select
        count(*) filter (where joins and date > $since::date and date <= $as_of::date)::integer as joined,
        count(*) filter (where joins and date > $since::date and date <= $as_of::date and provisional)::integer
            as joined_provisional,
        count(*) filter (
            where action = 'withdrawal' and effective_date > $since::date and effective_date <= $as_of::date
        )::integer as withdrew,
        count(*) filter (where action = 'signature' and date > $since::date and date <= $as_of::date)::integer as signed
    from treaty_actions join sources using (source_id) where treaty = 'CCM'
)
select *, joined - withdrew as net from first, last, acts
