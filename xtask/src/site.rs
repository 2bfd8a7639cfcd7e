//! A handful of files, served to this machine over HTTP for as long as the command runs. It answers GET and nothing
//! else, which is all that a browser asks of it.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use anyhow::{Context, Result, bail};

type Files = BTreeMap<String, Vec<u8>>;

/// A site that is being served.
pub(crate) struct Site {
    origin: String,
    serving: JoinHandle<()>,
}

impl Site {
    /// Serves these files, by name, on a free port of the loopback.
    pub(crate) fn serve(files: Vec<(String, Vec<u8>)>) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no port is free")?;
        let origin = format!("http://{}", listener.local_addr()?);
        let files: Arc<Files> = Arc::new(files.into_iter().collect());
        let serving = thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let files = Arc::clone(&files);
                // A browser that goes away before it has its answer is no concern of ours.
                thread::spawn(move || drop(answer(&stream, &files)));
            }
        });
        Ok(Self { origin, serving })
    }

    /// Where it is: `http://127.0.0.1:1234`.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// Serves until this program is interrupted.
    pub(crate) fn wait(self) -> Result<()> {
        match self.serving.join() {
            Ok(()) => Ok(()),
            Err(_) => bail!("the server stopped"),
        }
    }
}

/// Reads one request and answers it.
fn answer(mut stream: &TcpStream, files: &Files) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    // The headers say nothing that matters here, but a connection closed before they are read may be reset.
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let (head, body) = response(&request, files);
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)
}

/// The head and the body of the answer to a request.
fn response<'files>(request: &str, files: &'files Files) -> (String, &'files [u8]) {
    let mut words = request.split(' ');
    let (method, path) = (words.next(), words.next().unwrap_or_default());
    let name = path.split('?').next().unwrap_or_default().trim_start_matches('/');
    let found = files.get_key_value(name).filter(|_| method == Some("GET"));
    let (status, kind, body) = match found {
        Some((name, bytes)) => ("200 OK", kind_of(name), bytes.as_slice()),
        None => ("404 Not Found", "text/plain", &[][..]),
    };
    let length = body.len();
    (
        format!(
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\
             Cache-Control: no-store\r\nConnection: close\r\n\r\n"
        ),
        body,
    )
}

/// The media type of a file of this name.
fn kind_of(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn files() -> Vec<(String, Vec<u8>)> {
        vec![("page_bg.wasm".to_owned(), b"\0asm".to_vec())]
    }

    #[test]
    fn a_file_is_served_with_its_media_type() {
        let site = Site::serve(files()).unwrap();
        let mut stream = TcpStream::connect(site.origin().trim_start_matches("http://")).unwrap();
        stream
            .write_all(b"GET /page_bg.wasm?fresh HTTP/1.1\r\nHost: here\r\n\r\n")
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert!(answer.contains("Content-Type: application/wasm\r\n"), "{answer}");
        assert!(answer.ends_with("\r\n\r\n\0asm"), "{answer:?}");
    }

    #[test]
    fn nothing_else_is_answered() {
        let files = files().into_iter().collect();
        for request in [
            "GET / HTTP/1.1",
            "GET /../page_bg.wasm HTTP/1.1",
            "POST /page_bg.wasm HTTP/1.1",
            "",
        ] {
            let (head, body) = response(request, &files);
            assert!(head.starts_with("HTTP/1.1 404 "), "{request}: {head}");
            assert!(body.is_empty());
        }
    }
}
