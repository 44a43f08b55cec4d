//! What does the code of a library cost when nobody runs it any more?
//!
//! A library is pinned, for Python may point into it for as long as the process lives, but once its class loader is gone hardly
//! anything of it is run. Its pages are given back to the system then: those that a process cannot have changed, which come back from
//! the file by themselves where code is run after all.

use libc::{c_int, c_void, dl_phdr_info, size_t};

/// Gives back the memory of the code and the constants of the library that an address lies in. They may be used meanwhile, and
/// afterwards.
pub fn give_back(mut address: usize) {
    // SAFETY: the function reads its last argument as the address that is passed here, which outlives the call.
    unsafe { libc::dl_iterate_phdr(Some(give_back_around), (&raw mut address).cast()) };
}

/// Gives back a library's unwritable segments if the address lies in the library; gives 1 then, which ends the search.
unsafe extern "C" fn give_back_around(
    info: *mut dl_phdr_info,
    _size: size_t,
    address: *mut c_void,
) -> c_int {
    // SAFETY: the linker passes a valid record, whose headers are a table of `dlpi_phnum`, and the caller's address untouched.
    let (base, headers, address) = unsafe {
        let info = &*info;
        let headers = std::slice::from_raw_parts(info.dlpi_phdr, info.dlpi_phnum.into());
        (info.dlpi_addr as usize, headers, *address.cast::<usize>())
    };
    let segments = || {
        headers
            .iter()
            .filter(|header| header.p_type == libc::PT_LOAD)
            .map(|header| {
                let start = base + header.p_vaddr as usize;
                (start..start + header.p_memsz as usize, header.p_flags)
            })
    };
    if !segments().any(|(range, _)| range.contains(&address)) {
        return 0;
    }
    // SAFETY: asks for a number.
    let page = unsafe { libc::sysconf(libc::_SC_PAGESIZE) } as usize;
    for (range, _) in segments().filter(|(_, flags)| flags & libc::PF_W == 0) {
        let start = range.start / page * page;
        // SAFETY: whole pages of a private mapping of a file that nobody may write to, so that each reads the same when it comes
        // back. A failure changes nothing.
        unsafe { libc::madvise(start as *mut c_void, range.end - start, libc::MADV_DONTNEED) };
    }
    1
}

#[cfg(test)]
mod tests {
    use super::give_back;

    /// KiB of code and constants of this program that are in memory.
    fn resident() -> usize {
        let own = give_back as *const () as usize;
        let maps = std::fs::read_to_string("/proc/self/smaps").unwrap();
        let mut inside = false;
        for line in maps.lines() {
            let first = line.split_ascii_whitespace().next().unwrap();
            if let Some((low, high)) = first.split_once('-') {
                let address = |text| usize::from_str_radix(text, 16).unwrap();
                inside = (address(low)..address(high)).contains(&own);
            } else if inside && first == "Rss:" {
                return line
                    .split_ascii_whitespace()
                    .nth(1)
                    .unwrap()
                    .parse()
                    .unwrap();
            }
        }
        panic!("{own:x} is not mapped");
    }

    #[test]
    fn what_is_given_back_goes_and_comes_back() {
        let before = resident();
        give_back(give_back as *const () as usize);
        let after = resident();
        assert!(after < before, "{before} KiB, then {after}");
    }
}
