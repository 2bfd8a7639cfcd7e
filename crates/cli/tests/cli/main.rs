//! The program as whoever runs it meets it: real processes, real files, real sockets.

#[cfg(test)]
mod account;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod eval;
#[cfg(test)]
#[path = "../../../server/tests/server/form.rs"]
mod form;
#[cfg(test)]
mod forms;
#[cfg(test)]
mod lsp;
#[cfg(test)]
mod program;
#[cfg(test)]
mod serve;
#[cfg(test)]
mod verify;
