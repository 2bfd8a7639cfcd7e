//! Records as people use them: a small real form, and people who write, send, return and sign.
//!
//! `desk` has the people and a record between them; `laws` holds whatever they may do, in any order, to what must
//! never happen.

#![cfg(test)]

mod chain;
mod conflicts;
mod desk;
mod differences;
mod due;
mod files;
mod hostile;
mod laws;
mod moves;
mod packs;
mod shapes;
mod sign_off;
mod small_form;
mod summaries;
