//! Where a request comes from.

use std::net::IpAddr;

/// Where a request comes from, as far as limits tell sources apart: an IPv4 address, or the 64 first bits of an IPv6
/// address, which is what one customer of a provider is given. It lives as long as its request: what is remembered of
/// it is a digest, and nothing writes it.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Source(Option<IpAddr>);

impl Source {
    /// A source that nobody told: of a proxy that says nothing, or this program itself. Only limits of the whole apply.
    pub const UNKNOWN: Self = Self(None);

    /// Whether it can be told from others.
    pub fn is_known(self) -> bool {
        self.0.is_some()
    }

    /// What it is told from others by.
    pub(crate) fn bytes(self) -> [u8; 9] {
        let mut bytes = [0; 9];
        match self.0 {
            None => {}
            Some(IpAddr::V4(address)) => {
                bytes[0] = 4;
                bytes[1..5].copy_from_slice(&address.octets());
            }
            Some(IpAddr::V6(address)) => {
                bytes[0] = 6;
                bytes[1..].copy_from_slice(&address.octets()[..8]);
            }
        }
        bytes
    }
}

impl From<IpAddr> for Source {
    fn from(address: IpAddr) -> Self {
        Self(Some(address.to_canonical()))
    }
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Source(…)")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn bytes(address: &str) -> [u8; 9] {
        Source::from(address.parse::<IpAddr>().unwrap()).bytes()
    }

    #[test]
    fn a_customer_is_one_source() {
        assert_eq!(bytes("2001:db8:1:2::1"), bytes("2001:db8:1:2:ffff::7"));
        assert_ne!(bytes("2001:db8:1:2::1"), bytes("2001:db8:1:3::1"));
        assert_ne!(bytes("192.0.2.1"), bytes("192.0.2.2"));
        assert_eq!(bytes("::ffff:192.0.2.1"), bytes("192.0.2.1"), "IPv4 through an IPv6 socket");
        assert_ne!(bytes("0.0.0.0"), Source::UNKNOWN.bytes());
    }

    #[test]
    fn nothing_writes_it() {
        assert_eq!(format!("{:?}", Source::from(IpAddr::from([192, 0, 2, 1]))), "Source(…)");
    }
}
