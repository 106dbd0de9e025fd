//! Where each event stands on disk: small enough for a million of them.

use std::collections::HashMap;

use super::id::EventId;

/// Bits of a place that hold the byte; the rest hold the file's number.
const BYTE_BITS: u32 = 44;

/// Where a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LineStart {
    pub(super) segment: u32,
    pub(super) byte: u64,
}

#[derive(Debug, Clone, Copy)]
struct Packed {
    seq: u64,
    place: u64,
}

/// Finds an event by its number or its id.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// By `seq`, rising; places are missing where lines are.
    places: Vec<Packed>,
    /// From the id to the position in `places`.
    ids: HashMap<[u8; 16], u32>,
}

impl Index {
    /// Adds the event `seq`, which comes after all others.
    pub(super) fn add(&mut self, seq: u64, id: EventId, place: LineStart) {
        let Ok(position) = u32::try_from(self.places.len()) else {
            return;
        };
        let segment = u64::from(place.segment).checked_shl(BYTE_BITS).unwrap_or(0);
        self.places.push(Packed {
            seq,
            place: segment | place.byte,
        });
        self.ids.entry(id.get().into_bytes()).or_insert(position);
    }

    /// Where event `seq` stands.
    pub(super) fn place(&self, seq: u64) -> Option<LineStart> {
        let position = self
            .places
            .binary_search_by_key(&seq, |packed| packed.seq)
            .ok()?;
        self.places.get(position).map(unpack)
    }

    /// The number of the event with this id.
    pub(super) fn seq_of(&self, id: EventId) -> Option<u64> {
        let position = usize::try_from(*self.ids.get(id.get().as_bytes())?).ok()?;
        self.places.get(position).map(|packed| packed.seq)
    }

    /// The numbers of all events, rising.
    pub(super) fn seqs(&self) -> impl DoubleEndedIterator<Item = u64> + '_ {
        self.places.iter().map(|packed| packed.seq)
    }
}

fn unpack(packed: &Packed) -> LineStart {
    let mask = (1_u64 << BYTE_BITS).wrapping_sub(1);
    let segment = u32::try_from(packed.place >> BYTE_BITS).unwrap_or(u32::MAX);
    LineStart {
        segment,
        byte: packed.place & mask,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_found_by_number_and_by_id_across_gaps_and_files() {
        let mut index = Index::default();
        for (seq, segment, byte) in [(0, 1, 0), (1, 1, 560), (9, 2, 0), (10, 9999, 1 << 43)] {
            index.add(
                seq,
                EventId::from_u128(u128::from(seq)),
                LineStart { segment, byte },
            );
        }
        assert_eq!(
            index.place(1),
            Some(LineStart {
                segment: 1,
                byte: 560
            })
        );
        assert_eq!(index.place(5), None);
        assert_eq!(
            index.place(10),
            Some(LineStart {
                segment: 9999,
                byte: 1 << 43
            })
        );
        assert_eq!(index.seq_of(EventId::from_u128(9)), Some(9));
        assert_eq!(index.seq_of(EventId::from_u128(5)), None);
        assert_eq!(index.seqs().collect::<Vec<_>>(), [0, 1, 9, 10]);
    }
}
