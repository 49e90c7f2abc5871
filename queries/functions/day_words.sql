-- One value: a date in words, as exact as it is known: 30 November 2021, November 2021, 2021; as ccm_data/dates.py says it.
create macro day_words(day, exact) as
    case exact when 'year' then strftime(day, '%Y') when 'month' then strftime(day, '%B %Y') else strftime(day, '%-d %B %Y') end
