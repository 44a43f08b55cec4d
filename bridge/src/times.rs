//! How do Python's and NumPy's dates, times and durations lie in records?
//!
//! Records hold nanoseconds, as `java.time` does; `datetime` has microseconds, pandas' subclasses and NumPy have more.

use crate::half;
use naja_frame::{Tag, Writer};
use pyo3::types::{PyAnyMethods, PyString};
use pyo3::{intern, Bound, PyAny, PyResult};

const NANOS_A_MICRO: i64 = 1_000;
const NANOS_A_SECOND: i128 = 1_000_000_000;
const SECONDS_A_DAY: i64 = 86_400;

/// The year that `java.time` ends with; it begins with its negative.
const LAST_YEAR: i64 = 999_999_999;

/// Writes a `datetime.date`.
pub fn date(writer: &mut Writer<'_>, date: &Bound<'_, PyAny>) -> PyResult<()> {
    writer.tag(Tag::Date);
    date_fields(writer, date)
}

/// Writes a `datetime.time`.
pub fn time(writer: &mut Writer<'_>, time: &Bound<'_, PyAny>) -> PyResult<()> {
    let offset = offset_seconds(time)?;
    writer.tag(if offset.is_some() {
        Tag::OffsetTime
    } else {
        Tag::Time
    });
    time_fields(writer, time, 0)?;
    if let Some(offset) = offset {
        writer.i32(offset);
    }
    Ok(())
}

/// Writes a `datetime.datetime`, which has `nanos` besides its microseconds.
pub fn date_time(
    writer: &mut Writer<'_>,
    date_time: &Bound<'_, PyAny>,
    nanos: i64,
) -> PyResult<()> {
    let Some(offset) = offset_seconds(date_time)? else {
        writer.tag(Tag::DateTime);
        date_fields(writer, date_time)?;
        return time_fields(writer, date_time, nanos);
    };
    let zone = half::zone_key(&date_time.getattr("tzinfo")?)?;
    writer.tag(if zone.is_some() {
        Tag::ZonedDateTime
    } else {
        Tag::OffsetDateTime
    });
    date_fields(writer, date_time)?;
    time_fields(writer, date_time, nanos)?;
    writer.i32(offset);
    if let Some(zone) = zone {
        writer.sized_bytes(zone.as_bytes());
    }
    Ok(())
}

/// Writes a `datetime.timedelta`, which has `nanos` besides its microseconds.
pub fn time_delta(writer: &mut Writer<'_>, delta: &Bound<'_, PyAny>, nanos: i64) -> PyResult<()> {
    let py = delta.py();
    let seconds =
        field(delta, intern!(py, "days"))? * SECONDS_A_DAY + field(delta, intern!(py, "seconds"))?;
    let nanos = field(delta, intern!(py, "microseconds"))? * NANOS_A_MICRO + nanos;
    duration(writer, seconds, nanos as i32);
    Ok(())
}

fn duration(writer: &mut Writer<'_>, seconds: i64, nanos: i32) {
    writer.tag(Tag::Duration);
    writer.i64(seconds);
    writer.i32(nanos);
}

fn date_fields(writer: &mut Writer<'_>, date: &Bound<'_, PyAny>) -> PyResult<()> {
    let py = date.py();
    writer.i32(field(date, intern!(py, "year"))? as i32);
    writer.u8(field(date, intern!(py, "month"))? as u8);
    writer.u8(field(date, intern!(py, "day"))? as u8);
    Ok(())
}

fn time_fields(writer: &mut Writer<'_>, time: &Bound<'_, PyAny>, nanos: i64) -> PyResult<()> {
    let py = time.py();
    let minutes = field(time, intern!(py, "hour"))? * 60 + field(time, intern!(py, "minute"))?;
    let seconds = minutes * 60 + field(time, intern!(py, "second"))?;
    let micros = seconds * 1_000_000 + field(time, intern!(py, "microsecond"))?;
    writer.i64(micros * NANOS_A_MICRO + nanos);
    Ok(())
}

fn field(object: &Bound<'_, PyAny>, name: &Bound<'_, PyString>) -> PyResult<i64> {
    object.getattr(name)?.extract()
}

/// `utcoffset()` in whole seconds, or `None` for a naive time.
fn offset_seconds(time: &Bound<'_, PyAny>) -> PyResult<Option<i32>> {
    let offset = time.call_method0(intern!(time.py(), "utcoffset"))?;
    if offset.is_none() {
        return Ok(None);
    }
    let days: i32 = offset.getattr("days")?.extract()?;
    let seconds: i32 = offset.getattr("seconds")?.extract()?;
    let microseconds: i32 = offset.getattr("microseconds")?.extract()?;
    if microseconds != 0 {
        return Err(pyo3::exceptions::PyValueError::new_err(format!(
            "cannot convert {time} to java.time, whose offsets are whole seconds, and its UTC offset {offset} is not: \
             convert it to UTC in Python"
        )));
    }
    Ok(Some(days * SECONDS_A_DAY as i32 + seconds))
}

/// A unit of NumPy's times, by the numbers of its `NPY_DATETIMEUNIT`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// `Y`.
    Year,
    /// `M`.
    Month,
    /// Units of so many seconds.
    Seconds(i64),
    /// Units of which a second has so many.
    PartsOfSecond(i128),
    /// No unit.
    Generic,
}

impl Unit {
    /// The unit with this number, if there is one.
    pub fn from_number(number: i32) -> Option<Unit> {
        Some(match number {
            0 => Unit::Year,
            1 => Unit::Month,
            2 => Unit::Seconds(7 * SECONDS_A_DAY),
            4 => Unit::Seconds(SECONDS_A_DAY),
            5 => Unit::Seconds(3_600),
            6 => Unit::Seconds(60),
            7 => Unit::Seconds(1),
            8..=13 => Unit::PartsOfSecond(1_000_i128.pow(number as u32 - 7)),
            14 => Unit::Generic,
            _ => return None,
        })
    }

    /// Whether a point in time of this unit is a date.
    pub fn is_of_days(self) -> bool {
        match self {
            Unit::Year | Unit::Month => true,
            Unit::Seconds(seconds) => seconds % SECONDS_A_DAY == 0,
            Unit::PartsOfSecond(_) | Unit::Generic => false,
        }
    }

    /// Seconds, and nanoseconds of the next second, if these are whole.
    fn split(self, count: i128) -> Result<(i128, i32), &'static str> {
        match self {
            Unit::Seconds(seconds) => Ok((count * i128::from(seconds), 0)),
            Unit::PartsOfSecond(parts) => {
                let nanos = count.rem_euclid(parts) * NANOS_A_SECOND;
                if nanos % parts != 0 {
                    return Err("which ends at nanoseconds: round it with astype to the unit 'ns'");
                }
                Ok((count.div_euclid(parts), (nanos / parts) as i32))
            }
            Unit::Year | Unit::Month => {
                Err("where months and years have no length: take its number with astype('int64')")
            }
            Unit::Generic => Err("for it has no unit: give it one, as numpy.datetime64(it, 's')"),
        }
    }
}

/// Writes a `numpy.datetime64`, `count` units after 1970: a date where the unit is a day or longer, else a time of a date without zone.
pub fn point(writer: &mut Writer<'_>, count: i128, unit: Unit) -> Result<(), &'static str> {
    let (year, month, day, nanos) = match unit {
        Unit::Year => (1970 + count, 1, 1, None),
        Unit::Month => (
            1970 + count.div_euclid(12),
            count.rem_euclid(12) as u8 + 1,
            1,
            None,
        ),
        _ => {
            let (seconds, nanos) = unit.split(count)?;
            let day_length = i128::from(SECONDS_A_DAY);
            let second = seconds.rem_euclid(day_length);
            let (year, month, day) = civil(seconds.div_euclid(day_length));
            let nanos = (second * NANOS_A_SECOND) as i64 + i64::from(nanos);
            let whole_days = matches!(unit, Unit::Seconds(seconds) if seconds % SECONDS_A_DAY == 0);
            (year, month, day, (!whole_days).then_some(nanos))
        }
    };
    if year.abs() > i128::from(LAST_YEAR) {
        return Err("whose years end at 999999999: take its number with astype('int64')");
    }
    writer.tag(if nanos.is_some() {
        Tag::DateTime
    } else {
        Tag::Date
    });
    writer.i32(year as i32);
    writer.u8(month);
    writer.u8(day);
    if let Some(nanos) = nanos {
        writer.i64(nanos);
    }
    Ok(())
}

/// Writes a `numpy.timedelta64` of `count` units.
pub fn span(writer: &mut Writer<'_>, count: i128, unit: Unit) -> Result<(), &'static str> {
    let (seconds, nanos) = unit.split(count)?;
    let seconds = i64::try_from(seconds)
        .map_err(|_| "whose seconds have 64 bits: take its number with astype('int64')")?;
    duration(writer, seconds, nanos);
    Ok(())
}

/// Year, month and day of a number of days after 1970-01-01, in the calendar that is Gregorian for ever.
fn civil(days: i128) -> (i128, u8, u8) {
    // Eras of 400 years that begin with a March, so that the leap day is a year's last.
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    (era * 400 + year_of_era + next, month as u8, day as u8)
}
