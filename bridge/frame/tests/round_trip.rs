//! Does a reader give back what a writer wrote, in lent memory and beyond it?

use naja_frame::{FrameError, Reader, Tag, Writer};
use proptest::prelude::*;

#[derive(Clone, Debug, PartialEq)]
enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Float(u64),
    Text(String),
    Bytes(Vec<u8>),
    List(Vec<Value>),
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        any::<u64>().prop_map(Value::Float),
        any::<String>().prop_map(Value::Text),
        proptest::collection::vec(any::<u8>(), 0..64).prop_map(Value::Bytes),
    ];
    leaf.prop_recursive(6, 64, 8, |inner| {
        proptest::collection::vec(inner, 0..8).prop_map(Value::List)
    })
}

fn write(writer: &mut Writer<'_>, value: &Value) {
    match value {
        Value::Null => writer.tag(Tag::Null),
        Value::Bool(false) => writer.tag(Tag::False),
        Value::Bool(true) => writer.tag(Tag::True),
        Value::Int(number) => {
            writer.tag(Tag::I64);
            writer.i64(*number);
        }
        Value::Float(bits) => {
            writer.tag(Tag::F64);
            writer.f64(f64::from_bits(*bits));
        }
        Value::Text(text) => writer.text(text),
        Value::Bytes(bytes) => {
            writer.record(Tag::Bytes, bytes);
        }
        Value::List(items) => {
            writer.tag(Tag::List);
            let position = writer.len();
            writer.count(0);
            items.iter().for_each(|item| write(writer, item));
            writer.set_count(position, items.len());
        }
    }
}

fn read(reader: &mut Reader<'_>) -> Result<Value, FrameError> {
    Ok(match reader.tag()? {
        Tag::Null => Value::Null,
        Tag::False => Value::Bool(false),
        Tag::True => Value::Bool(true),
        Tag::I64 => Value::Int(reader.i64()?),
        Tag::F64 => Value::Float(reader.f64()?.to_bits()),
        Tag::Latin1 | Tag::Utf8 => Value::Text(reader.utf8()?.to_owned()),
        Tag::Bytes => Value::Bytes(reader.sized_bytes()?.to_vec()),
        Tag::List => {
            let count = reader.count(1)?;
            Value::List((0..count).map(|_| read(reader)).collect::<Result<_, _>>()?)
        }
        other => panic!("not written here: {other:?}"),
    })
}

proptest! {
    #[test]
    fn what_was_written_is_read(value in values(), room in 0_usize..256) {
        let mut lent = vec![0_u8; room];
        let mut writer = Writer::new(&mut lent);
        write(&mut writer, &value);
        let length = writer.len();
        let record = match writer.finish() {
            Ok(length) => lent[..length].to_vec(),
            Err(heap) => heap,
        };
        prop_assert_eq!(record.len(), length);
        let mut reader = Reader::new(&record);
        prop_assert_eq!(read(&mut reader), Ok(value));
        prop_assert_eq!(reader.remaining(), 0);
    }

    #[test]
    fn a_truncated_record_is_an_error(value in values(), cut in 1_usize..16) {
        let mut lent = [0_u8; 0];
        let mut writer = Writer::new(&mut lent);
        write(&mut writer, &value);
        let record = writer.finish().expect_err("nothing fits an empty buffer");
        let kept = record.len().saturating_sub(cut);
        prop_assert!(read(&mut Reader::new(&record[..kept])).is_err());
    }
}

#[test]
fn a_corrupt_count_asks_for_no_memory() {
    let record = [Tag::List as u8, 0xff, 0xff, 0xff, 0xff];
    let mut reader = Reader::new(&record);
    assert_eq!(reader.tag(), Ok(Tag::List));
    assert_eq!(
        reader.count(1),
        Err(FrameError::Truncated {
            wanted: 0xffff_ffff,
            left: 0
        })
    );
}

#[test]
fn errors_say_what_was_found() {
    assert_eq!(Reader::new(&[200]).tag(), Err(FrameError::UnknownTag(200)));
    assert_eq!(
        FrameError::UnknownTag(200).to_string(),
        "call frame has no tag 200"
    );
    assert_eq!(
        Reader::new(&[1, 2])
            .i64()
            .map_err(|error| error.to_string()),
        Err("call frame is truncated: 8 bytes wanted, 2 left".to_owned())
    );
    assert_eq!(
        Reader::new(&[1, 0, 0, 0, 0xff])
            .utf8()
            .map_err(|error| error.to_string()),
        Err("call frame holds invalid UTF-8".to_owned())
    );
}
