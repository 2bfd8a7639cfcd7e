//! How a request fails: as a problem document (RFC 9457) that tells a person what to do, and of the server's own
//! faults nothing but where to find them in its log.

use std::error::Error as Cause;

use axum::http::StatusCode;
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Response};
use store::{Error, Why};
use uuid::Uuid;
use wire::{Problem, ProblemCode};

use crate::sign_in::PasswordFault;

/// A request that failed.
#[derive(Debug)]
pub(crate) struct Failure {
    problem: Box<Problem>,
    /// In how many seconds it is worth another try.
    retry_after: Option<u64>,
}

/// How long to wait when the database cannot be written or too much is going on.
const SOON: u64 = 10;

impl Failure {
    /// A failure that is told as it is.
    pub(crate) fn of(code: ProblemCode) -> Self {
        Problem::new(code).into()
    }

    /// The failure with what is wrong this time, for a person to read.
    pub(crate) fn saying(mut self, detail: impl Into<String>) -> Self {
        self.problem = Box::new(self.problem.detail(detail));
        self
    }

    /// The failure with how many seconds to wait.
    pub(crate) fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// A fault of ours. The cause goes to the log under a name that is also in the answer.
    pub(crate) fn internal(cause: &dyn Cause) -> Self {
        let instance = name();
        tracing::error!(
            instance,
            cause = told(cause),
            "a request met a fault of the server"
        );
        Problem::new(ProblemCode::Internal)
            .detail("Nothing was changed. If it happens again, tell whoever looks after the server.")
            .instance(instance)
            .into()
    }

    fn unavailable(detail: &str, cause: &dyn Cause) -> Self {
        let instance = name();
        tracing::error!(
            instance,
            cause = told(cause),
            "a request could not be served for now"
        );
        let problem = Problem::new(ProblemCode::Unavailable)
            .detail(detail)
            .instance(instance);
        Self::from(problem).retry_after(SOON)
    }
}

/// The name of one occurrence: a URN (RFC 9562, section 4).
fn name() -> String {
    format!("urn:uuid:{}", Uuid::new_v4())
}

/// An error with what caused it, in one line.
fn told(error: &dyn Cause) -> String {
    let mut told = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        told.push_str(": ");
        told.push_str(&inner.to_string());
        cause = inner.source();
    }
    told
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self {
            problem: Box::new(problem),
            retry_after: None,
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let Error::Unavailable { why, .. } = &error else {
            return Self::internal(&error);
        };
        let detail = match why {
            Why::Full => {
                "The server's disk is full. Your work is kept on this device and will be sent later."
            }
            Why::Locked => {
                "The server is busy. Your work is kept on this device and will be sent again soon."
            }
            Why::ReadOnly | Why::OutOfReach => {
                "The server cannot reach its database. Your work is kept on this device and will be sent later."
            }
        };
        Self::unavailable(detail, &error)
    }
}

impl From<PasswordFault> for Failure {
    fn from(fault: PasswordFault) -> Self {
        match fault {
            PasswordFault::Busy => Self::unavailable(
                "Many people are signing in. Wait a moment, then try again.",
                &fault,
            ),
            PasswordFault::Broken(_) => Self::internal(&fault),
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self.problem).unwrap_or_default();
        let kind = [(header::CONTENT_TYPE, "application/problem+json")];
        let mut response = (status, kind, body).into_response();
        if let Some(seconds) = self.retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
