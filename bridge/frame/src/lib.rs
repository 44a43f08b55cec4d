//! The call frame: how values lie in the memory that Java and Rust share.
//!
//! A record is one tag byte and its payload, in native byte order and without alignment or pointers into
//! itself, so that the same bytes can travel to another address or another process. Java's `CallFrame` writes and
//! reads the same layout; `Tag` is the one list of tags and its numbers appear in `naja.h`.

mod reader;
mod tag;
mod writer;

pub use reader::{FrameError, Reader};
pub use tag::{ArrayKind, Tag};
pub use writer::Writer;
