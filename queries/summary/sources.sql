-- One row per source of the facts.
select source_id, if(provisional, 'Provisional: ', '') || title as title, publisher, url, source_date, note, provisional, change from sources order by source_id
