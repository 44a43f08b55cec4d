//! naja's native half: CPython embedded in the JVM.
//!
//! Layers, from Java down to Python:
//!
//! | module | question it answers |
//! |---|---|
//! | [`abi`] | what can Java call? |
//! | [`call`], [`operation`] | what happens in a call of a Python callable, or another operation on an object? |
//! | [`decode`], [`encode`] | how do values cross? |
//! | [`times`], [`numpy_scalar`] | how do times lie in records, and what is the value of a NumPy scalar? |
//! | [`arrays`], [`numpy`] | what do Java's arrays become, and how are NumPy's made and seen? |
//! | [`keys`] | which texts are keys again and again? |
//! | [`handle`] | which Python objects does Java hold? |
//! | [`java`], [`jvmti`], [`jdk`], [`upcalls`] | how does Rust reach the JVM, the JDK's classes and naja's own? |
//! | [`host`] | which library answers when several class loaders have one? |
//! | [`mirror`], [`text`] | how does Java look from Python, and how does text cross? |
//! | [`failure`] | how does an error cross? |
//! | [`thread`], [`gate`], [`stack`] | who holds the GIL, and how deep may it go? |
//! | [`start`], [`keeper`], [`exit`] | how does CPython start, what runs beside it, and what happens when the JVM ends? |
//! | [`half`] | where does the pure-Python half come from, and what can it call? |
//! | [`rows`] | how does a table that Java filled become one of Python's? |
//! | [`arena`] | is the arena of a buffer's memory kept open while Python sees it? |
//! | [`buffer`] | where does the memory of a Python buffer lie? |
//! | [`dlpack`] | what does a DLPack capsule hold, and who releases it? |
//! | [`arrow`] | how do the structs of Arrow's C interfaces travel? |
//! | [`symbol`] | which functions beyond the stable ABI are there? |
//! | [`pages`] | what does the code of a library cost when nobody runs it any more? |
//!
//! Raw pointers of Python and of JNI stay behind [`handle`], [`java`], [`thread`] and [`symbol`] as far as the hot path
//! allows. No module keeps a Python reference in a `static` except through [`half`], [`handle`] and [`keys`].

mod abi;
mod arena;
mod arrays;
mod arrow;
mod buffer;
mod call;
mod decode;
mod dlpack;
mod encode;
mod exit;
mod failure;
mod gate;
mod half;
mod handle;
mod host;
mod java;
mod jdk;
mod jvmti;
mod keeper;
mod keys;
mod mirror;
mod numpy;
mod numpy_scalar;
mod operation;
mod pages;
mod rows;
mod stack;
mod start;
mod symbol;
mod text;
mod thread;
mod times;
mod types;
mod upcalls;
