//! The server as its clients meet it: every test sends requests and looks at the answers.

#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod demonstration;
#[cfg(test)]
mod files;
#[cfg(test)]
mod form;
#[cfg(test)]
mod front;
#[cfg(test)]
mod headers;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod moves;
#[cfg(test)]
mod office;
#[cfg(test)]
mod published;
#[cfg(test)]
mod records;
#[cfg(test)]
mod routes;
#[cfg(test)]
mod sign_in;
#[cfg(test)]
mod sign_off;
#[cfg(test)]
mod socket;
#[cfg(test)]
mod trouble;
