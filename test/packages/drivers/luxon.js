const { DateTime, Duration, Interval } = require('luxon');
const d = DateTime.fromISO('2024-02-29T13:05:06.789', { zone: 'utc' });
console.log(d.toISO(), d.plus({ years: 1 }).toISODate(), d.toFormat('yyyy LLL dd HH:mm:ss ZZ cccc'), d.weekNumber, d.ordinal, d.startOf('month').toISO());
console.log(d.setZone('America/New_York').toISO(), d.setLocale('fr').toLocaleString(DateTime.DATE_FULL), Duration.fromObject({ hours: 25, minutes: 61 }).normalize().toISO());
console.log(Interval.fromDateTimes(d, d.plus({ days: 3 })).length('hours'), DateTime.fromFormat('05/06/2023', 'dd/MM/yyyy', { zone: 'utc' }).toISODate(), DateTime.invalid('x').isValid);
