//! Chance that repeats itself: the same seed draws the same demo data on every machine.
//! It is SplitMix64, made for believable rows and deliberately not for secrets.

/// A sequence of draws, fixed by its seed.
#[derive(Clone, Debug)]
pub struct Draw {
    state: u64,
}

impl Draw {
    /// The sequence of this seed. Neighbouring seeds give unrelated sequences.
    pub const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next 64 bits.
    pub const fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A number from zero up to, but not including, `n`; zero when `n` is zero.
    pub const fn below(&mut self, n: usize) -> usize {
        // The upper half of the product is spread as evenly as a remainder would be, without dividing.
        ((self.next_u64() as u128 * n as u128) >> 64) as usize
    }

    /// One of the things, each as likely as the other.
    ///
    /// # Panics
    /// When there is nothing to pick from.
    pub fn pick<'a, T>(&mut self, things: &'a [T]) -> &'a T {
        &things[self.below(things.len())]
    }

    /// Whether something happens that happens in so many of a hundred cases.
    pub const fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of the things, each as likely as its weight says; a thing of weight zero is never drawn.
    ///
    /// # Panics
    /// When the weights add up to nothing.
    pub fn weighted<'a, T>(&mut self, things: &'a [(T, u32)]) -> &'a T {
        let total: usize = things.iter().map(|(_, weight)| *weight as usize).sum();
        let mut left = self.below(total);
        for (thing, weight) in things {
            match left.checked_sub(*weight as usize) {
                Some(rest) => left = rest,
                None => return thing,
            }
        }
        panic!("weights must not add up to nothing")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_first_bits_are_those_of_the_published_splitmix64() {
        let mut draw = Draw::new(1_234_567);
        let bits: Vec<_> = (0..3).map(|_| draw.next_u64()).collect();
        assert_eq!(bits, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn the_same_seed_draws_the_same_sequence() {
        let (mut one, mut other) = (Draw::new(2026), Draw::new(2026));
        assert!((0..1_000).all(|_| one.next_u64() == other.next_u64()));
    }

    #[test]
    fn neighbouring_seeds_draw_different_sequences() {
        let firsts: HashSet<_> = (0..1_000).map(|seed| Draw::new(seed).next_u64()).collect();
        assert_eq!(firsts.len(), 1_000);
    }

    #[test]
    fn below_reaches_every_number_and_no_other() {
        let mut draw = Draw::new(1);
        let drawn: HashSet<_> = (0..1_000).map(|_| draw.below(7)).collect();
        assert_eq!(drawn, (0..7).collect());
    }

    #[test]
    fn picking_reaches_everything() {
        let mut draw = Draw::new(2);
        let picked: HashSet<_> = (0..100).map(|_| *draw.pick(&["a", "b", "c"])).collect();
        assert_eq!(picked.len(), 3);
    }

    #[test]
    fn a_chance_of_thirty_percent_happens_in_about_thirty_of_a_hundred() {
        let mut draw = Draw::new(3);
        let happened = (0..10_000).filter(|_| draw.chance(30)).count();
        assert!((2_800..3_200).contains(&happened), "{happened}");
    }

    #[test]
    fn what_is_certain_happens_and_what_is_impossible_does_not() {
        let mut draw = Draw::new(4);
        assert!((0..1_000).all(|_| draw.chance(100) && !draw.chance(0)));
    }

    #[test]
    fn weights_decide_how_often_a_thing_is_drawn() {
        let mut draw = Draw::new(5);
        let things = [("never", 0), ("often", 9), ("seldom", 1)];
        let drawn: Vec<_> = (0..10_000).map(|_| *draw.weighted(&things)).collect();
        let often = drawn.iter().filter(|thing| **thing == "often").count();
        assert!((8_800..9_200).contains(&often), "{often}");
        assert!(!drawn.contains(&"never"));
    }

    #[test]
    #[should_panic(expected = "weights must not add up to nothing")]
    fn nothing_can_be_drawn_by_weights_of_zero() {
        Draw::new(6).weighted(&[("never", 0)]);
    }
}
