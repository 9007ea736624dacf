//! The very act that a code is for. Another amount, object or payee is another act and needs another code.

use uuid::Uuid;

use super::Sensitive;

/// A sensitive act with everything that it must not be changed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    pub(super) kind: Sensitive,
    parts: Vec<(&'static str, String)>,
}

impl Operation {
    /// An act of this kind.
    pub fn new(kind: Sensitive) -> Operation {
        Operation { kind, parts: Vec::new() }
    }

    /// What it is done to.
    #[must_use]
    pub fn on(self, object: Uuid) -> Operation {
        self.with("object", object.to_string())
    }

    /// How much it moves, in fen.
    #[must_use]
    pub fn amount(self, fen: i64) -> Operation {
        self.with("amount", fen.to_string())
    }

    /// Who gets it.
    #[must_use]
    pub fn payee(self, payee: Uuid) -> Operation {
        self.with("payee", payee.to_string())
    }

    /// Whatever else it depends on.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Operation {
        self.parts.push((name, value.into()));
        self.parts.sort();
        self
    }

    /// The act as text, each part with its length, so that no two acts look alike.
    #[cfg(any(feature = "ssr", test))]
    pub(super) fn canonical(&self) -> String {
        let mut text = self.kind.to_string();
        for (name, value) in &self.parts {
            text.push_str(&format!("\n{name} {} {value}", value.len()));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pay(amount: i64) -> Operation {
        Operation::new(Sensitive::PayOrder).on(Uuid::from_u128(1)).amount(amount).payee(Uuid::from_u128(2))
    }

    #[test]
    fn every_part_makes_another_act() {
        let acts = [
            pay(100),
            pay(101),
            pay(100).on(Uuid::from_u128(3)),
            pay(100).with("note", "x"),
            Operation::new(Sensitive::AdjustAccount).on(Uuid::from_u128(1)).amount(100).payee(Uuid::from_u128(2)),
            Operation::new(Sensitive::PayOrder),
        ];
        for (place, one) in acts.iter().enumerate() {
            for other in &acts[place + 1..] {
                assert_ne!(one.canonical(), other.canonical());
            }
        }
    }

    #[test]
    fn the_order_of_the_parts_does_not_matter_and_values_do_not_run_together() {
        let act = |parts: [(&'static str, &str); 2]| {
            parts.into_iter().fold(Operation::new(Sensitive::Coupons), |act, (name, value)| act.with(name, value))
        };
        assert_eq!(act([("a", "1"), ("b", "2")]).canonical(), act([("b", "2"), ("a", "1")]).canonical());
        assert_ne!(act([("a", "1\nb 1 2"), ("c", "")]).canonical(), act([("a", "1"), ("b", "2\nc 0 ")]).canonical());
    }
}
