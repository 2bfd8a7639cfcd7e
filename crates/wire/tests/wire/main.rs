//! What goes between app and server: its shapes, which stay, and its limits, which hold.

#![cfg(test)]

mod limits;
mod lists;
mod media;
mod outcomes;
mod samples;
mod shapes;
