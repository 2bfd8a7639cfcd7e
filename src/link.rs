//! Whether work can be sent at this moment, as far as is known.

/// How things stand between this device and the server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Link {
    /// The server answers, or there is no reason yet to think that it would not.
    #[default]
    Up,
    /// The server cannot be reached.
    Down,
    /// The server answers, but cannot take anything at present.
    Busy,
    /// The server answers, but nobody is signed in there any more.
    SignedOut,
}
